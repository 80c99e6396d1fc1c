"""How well danger is told from cramp: the bench of the rules, and their table for a clinician."""
