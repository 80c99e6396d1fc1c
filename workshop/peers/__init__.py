"""Third-party checkers for the models, the manifest and every sentence."""
