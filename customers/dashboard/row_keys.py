_MOST_DIGITS = 18


def row_key(text: str) -> int:
    """0, which no row has, if it cannot be a key."""
    is_key = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_key else 0
