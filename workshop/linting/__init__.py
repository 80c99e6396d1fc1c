"""Shared by all checks: faults with location and hint, YAML reading, schema reports."""
