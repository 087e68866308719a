"""One check: ask, interpret, store; look up, read again."""
