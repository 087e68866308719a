"""Check many organizations: what is due, whose credentials, workers, runs, reports."""
