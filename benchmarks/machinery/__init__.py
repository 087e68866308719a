"""Servers, payloads and databases that several benchmarks share."""
