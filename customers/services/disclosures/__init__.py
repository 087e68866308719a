"""The log of who saw what: its chain, its volume, and the origin of requests."""
