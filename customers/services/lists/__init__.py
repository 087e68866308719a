"""Worklists and lists: narrowed, sorted, paged by key, counted, exported."""
