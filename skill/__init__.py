"""Cramp Coach: a voice skill that guides a person through a night leg cramp."""

__version__ = "0.1.0"
