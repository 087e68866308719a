"""Benchmarks of the portal, each run with one command."""
