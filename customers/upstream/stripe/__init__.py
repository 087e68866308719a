"""Parse Stripe payloads of every API version into plain values; no I/O, no Django."""
