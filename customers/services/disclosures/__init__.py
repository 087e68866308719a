"""The log of who was shown what: its chain, its volume, and where a request came from."""
