"""A SQLite backend whose files only their owner can read."""
