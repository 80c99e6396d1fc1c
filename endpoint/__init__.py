"""The skill outside Lambda: a verified HTTPS endpoint and, on loopback, the bedside page."""
