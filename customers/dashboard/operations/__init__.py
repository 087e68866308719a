"""Pages for operators: health, metrics, sync runs."""
