"""Users' credentials, encrypted and renewed, and the rate-limited client that uses them."""
