"""The bounds of what one answer lists."""

from customers.api.problem import invalid

MOST_ROWS = 200
USUAL_ROWS = 50


def checked_limit(limit: int) -> int:
    """Raises Problem."""
    if not 1 <= limit <= MOST_ROWS:
        raise invalid({"limit": f"is not between 1 and {MOST_ROWS}"})
    return limit
