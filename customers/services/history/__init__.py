"""What changed between two answers, and what was known on a past day."""
