"""Pasted lists: read, keep, match and ask about the ids that users paste."""
