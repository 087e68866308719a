"""Saved views: keep lists under names, share them, count what is on them."""
