"""Saved views: beside lists, and the page that manages them."""
