"""Measures the urgency rules, and generates their table for clinicians."""
