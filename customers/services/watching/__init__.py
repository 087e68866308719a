"""The organizations that a user watches, and what they have not read of them."""
