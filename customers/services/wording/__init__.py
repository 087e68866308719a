"""How facts are said: formats, messages, durations, lines of CSV and JSON."""
