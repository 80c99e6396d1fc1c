"""The skill outside Lambda: a verified HTTPS endpoint, and a page that is a speaker on a bedside table."""
