"""When a user was here before: the last request of their previous session.
Only requests with a session count. Programs, commands and digests have none."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Case, F, When

from customers.models import LastVisit


def last_visit_of(user: AbstractBaseUser) -> datetime | None:
    """What “since your last visit” begins with; None in a user's first session."""
    times = LastVisit.objects.filter(user_id=user.pk).values_list("previous_request_at", flat=True)
    return times.first()


def note_visit(user: AbstractBaseUser, session_began_at: datetime, now: datetime) -> None:
    """Note a request of the session that began then. A newer session begins a new visit."""
    is_new = When(session_began_at__lt=session_began_at, then=F("last_request_at"))
    began = When(session_began_at__lt=session_began_at, then=session_began_at)
    noted = LastVisit.objects.filter(user_id=user.pk).update(
        previous_request_at=Case(is_new, default=F("previous_request_at")),
        session_began_at=Case(began, default=F("session_began_at")),
        last_request_at=now,
    )
    if not noted:
        row = LastVisit(user_id=user.pk, session_began_at=session_began_at, last_request_at=now)
        LastVisit.objects.bulk_create([row], ignore_conflicts=True)
