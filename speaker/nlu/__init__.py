"""Words → intent and slots, through the built interaction model."""
