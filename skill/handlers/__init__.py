"""Alexa's requests in, responses out: one lenient reader, one table of intents, one renderer."""
