"""Other people's checkers over models, manifest and every sentence."""
