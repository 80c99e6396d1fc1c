"""Cold starts, warm turns and memory, measured beside Amazon's hello world."""
