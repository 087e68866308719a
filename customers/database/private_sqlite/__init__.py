"""A SQLite backend with private files."""
