"""Lists, worklists, changes and search."""
