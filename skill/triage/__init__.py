"""Findings → urgency: rules over what was said and what is known of the person."""
