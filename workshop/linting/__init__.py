"""What every check shares: a fault with its place and hint, YAML read with line numbers, schemas reported."""
