"""Engines behind the protocols: each wraps one package or program, and is imported only when it is wanted."""
