"""Django's SQLite, with files for their owner alone."""
