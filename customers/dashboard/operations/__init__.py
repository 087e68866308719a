"""What operators open: health, metrics, sync runs."""
