"""Cases: what the desk does about organizations, one or many."""
