"""Record what Catalyze denied to a user who asked about it by its id."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from customers.models import SecurityEvent
from customers.services.accounts.security_events import record_event
from customers.services.checking.outcome import Outcome, Result

_Code = SecurityEvent.Code
_ONCE_IN = timedelta(hours=1)


def note_denial(user: AbstractBaseUser, outcome: Outcome) -> None:
    """Once an hour for the same organization, however often the page is opened."""
    if outcome.result is not Result.DENIED:
        return
    recent = SecurityEvent.objects.filter(
        user_id=user.pk, code=_Code.ACCESS_DENIED, happened_at__gt=timezone.now() - _ONCE_IN
    )
    if not recent.filter(detail__org_id=outcome.org_id).exists():
        record_event(_Code.ACCESS_DENIED, user=user, detail={"org_id": outcome.org_id})


def note_denials(user: AbstractBaseUser, outcomes: Iterable[Outcome]) -> None:
    """One event for what was asked about together; each id of a pasted list is asked once."""
    denied = sum(outcome.result is Result.DENIED for outcome in outcomes)
    if denied:
        record_event(_Code.ACCESS_DENIED, user=user, detail={"organizations": denied})
