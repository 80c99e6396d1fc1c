"""The bedside page: a speaker per browser tab, and the JSON between page and speaker."""
