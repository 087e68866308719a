"""A stand-in for the Catalyze API: its documented routes over real HTTP, with made-up data."""
