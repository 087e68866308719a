"""One organization: its page, a past day, notes, replies."""
