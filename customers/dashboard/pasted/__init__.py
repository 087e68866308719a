"""Pasted lists: paste, show, ask about and copy them."""
