"""The speaker in a terminal: typed words in, printed or spoken responses out."""
