"""Worklists and lists: filter, sort, page by key, count, export."""
