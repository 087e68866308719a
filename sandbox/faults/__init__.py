"""Faults that the sandbox can simulate."""
