"""A stand-in for the Catalyze API: its documented routes over HTTP, with made-up data."""
