"""How the database got its shape."""
