"""What was stored by a clock that was ahead, and has been set back since."""

from datetime import datetime, timedelta

from django.utils import timezone

# The clocks of several machines may differ by this much.
_TOLERANCE = timedelta(minutes=1)


def latest_credible() -> datetime:
    """A later time lies in the future. What it dates is as good as it was, but not fresh."""
    return timezone.now() + _TOLERANCE
