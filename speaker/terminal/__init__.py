"""The speaker's body for a keyboard: typed words in, printed or spoken time out."""
