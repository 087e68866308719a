"""When a session with Catalyze is likely to end, so that its user can sign in again before.

Catalyze's guide says 24 hours; nobody knows whether they count from the sign-in or from the last
call. A session that has lasted longer has shown that they do not count from the sign-in.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from customers.models import Credentials

LIFETIME = timedelta(hours=24)


def likely_end(row: Credentials) -> datetime | None:
    """None if it has ended, renews itself, or has lasted so long that nobody can tell."""
    if row.renews_itself or not row.may_ask:
        return None
    end = row.saved_at + LIFETIME
    return end if end > timezone.now() else None


def ends_within(row: Credentials, ahead: timedelta) -> datetime | None:
    """When it is likely to end, if that is so soon."""
    end = likely_end(row)
    return end if end and end <= timezone.now() + ahead else None
