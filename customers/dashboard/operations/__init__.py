"""Pages for operators: health, metrics, schedule, sync runs."""
