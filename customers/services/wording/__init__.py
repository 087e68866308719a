"""How facts are worded: formats, messages, durations, lines of CSV and JSON."""
