"""What changed between two answers, of which kind, and what was known on a past day."""
