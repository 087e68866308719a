"""Encrypted and renewable credentials of users, and the rate-limited client that uses them."""
