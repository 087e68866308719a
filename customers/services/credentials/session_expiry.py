"""When a Catalyze session probably ends: 24 hours after an unspecified start, says the guide."""

from datetime import datetime, timedelta

from django.utils import timezone

from customers.models import Credentials

LIFETIME = timedelta(hours=24)


def likely_end(row: Credentials) -> datetime | None:
    """None if it has ended, renews itself, or has outlasted the 24 hours."""
    if row.renews_itself or not row.may_ask:
        return None
    end = row.saved_at + LIFETIME
    return end if end > timezone.now() else None


def ends_within(row: Credentials, ahead: timedelta) -> datetime | None:
    end = likely_end(row)
    return end if end and end <= timezone.now() + ahead else None
