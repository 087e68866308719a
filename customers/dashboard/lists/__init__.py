"""Lists, worklists, search, export."""
