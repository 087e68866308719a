"""API tokens: made, read from a request, counted per minute, revoked."""
