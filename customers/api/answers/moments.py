"""Days and moments as programs write them."""

from datetime import datetime

from django.utils import timezone

NO_TIME = "is neither a day such as 2026-11-24 nor a moment such as 2026-11-24T14:42:00+00:00"


def moment_in(text: str) -> datetime | None:
    """Without an offset it is in TIME_ZONE; None if it is no moment, or too far away."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not 2000 <= at.year <= 9000:
        return None
    return at if at.tzinfo else timezone.make_aware(at)
