"""Builds `build/`: the zip that Lambda runs, and the ASK CLI project around it."""
