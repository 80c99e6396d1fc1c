"""The page that is a speaker on a bedside table: its speakers, one a tab, and the JSON between page and speaker."""
