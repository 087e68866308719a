"""Pause sign-in for a name, account or address after too many failures.
Attempts count as failed before they are tried, so parallel ones cannot exceed the limit. During a
pause even the right password is refused, and attempts do not prolong it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from customers.models import FailedAttempts
from customers.services.disclosures.request_origin import current_origin

# Many people may share an address, so it needs this many times as many failures as a name.
_PEOPLE_BEHIND_AN_ADDRESS = 10
CODES_PER_HOUR = 20
HOUR = timedelta(hours=1)


class Paused(Exception):
    def __init__(self, until: datetime) -> None:
        super().__init__("Too many attempts have failed.")
        self.until = until


@dataclass(frozen=True, slots=True)
class Limit:
    kind: str
    value: str
    most: int
    length: timedelta | None = None

    @property
    def key(self) -> str:
        text = f"{self.kind}:{self.value}"
        return salted_hmac(
            "customers.pauses", text, secret=settings.SECRET_KEY, algorithm="sha256"
        ).hexdigest()


@dataclass(frozen=True, slots=True)
class Attempt:
    """Counts as failed until `succeeded` or `take_back`; `pause` is set if it began one."""

    guessed: Limit
    others: tuple[Limit, ...]
    pause: Paused | None

    def succeeded(self) -> None:
        """Reset only what was guessed: failures elsewhere still count."""
        FailedAttempts.objects.filter(key=self.guessed.key).update(count=0, paused_until=None)
        _take_back(self.others)

    def take_back(self) -> None:
        _take_back((self.guessed, *self.others))


def limit(kind: str, value: object) -> Limit:
    return Limit(kind, str(value), settings.SIGN_IN_ATTEMPTS)


def codes_of(user: AbstractBaseUser) -> Limit:
    return Limit("codes", str(user.pk), CODES_PER_HOUR, HOUR)


def begin_attempt(guessed: Limit, *others: Limit) -> Attempt:
    """Raises Paused, and counts nothing, while any of the limits is paused."""
    others = (*others, *_address())
    limits = (guessed, *others)
    now = timezone.now()
    with transaction.atomic():
        rows = _locked(limits)
        if pause := _pause(rows.values(), now):
            raise pause
        for one in limits:
            _count(rows[one.key], one, now)
        FailedAttempts.objects.bulk_update(rows.values(), ("count", "began_at", "paused_until"))
    return Attempt(guessed, others, _pause(rows.values(), now))


def end_pauses(limits: Iterable[Limit] = ()) -> int:
    """All pauses without `limits`. Returns how many ended."""
    rows = FailedAttempts.objects.all()
    if limits := list(limits):
        rows = rows.filter(key__in=[one.key for one in limits])
    ended = rows.filter(paused_until__gt=timezone.now()).count()
    rows.delete()
    return ended


def _address() -> tuple[Limit, ...]:
    address = current_origin().ip_address
    if address is None:
        return ()
    return (Limit("address", address, settings.SIGN_IN_ATTEMPTS * _PEOPLE_BEHIND_AN_ADDRESS),)


def _locked(limits: Iterable[Limit]) -> dict[str, FailedAttempts]:
    """An upsert locks the rows, in one order to avoid deadlocks."""
    keys = sorted(one.key for one in limits)
    FailedAttempts.objects.bulk_create(
        [FailedAttempts(key=key) for key in keys],
        update_conflicts=True,
        update_fields=("key",),
        unique_fields=("key",),
    )
    return FailedAttempts.objects.in_bulk(keys, field_name="key")


def _pause(rows: Iterable[FailedAttempts], now: datetime) -> Paused | None:
    ends = [row.paused_until for row in rows if row.paused_until and row.paused_until > now]
    return Paused(max(ends)) if ends else None


def _count(row: FailedAttempts, one: Limit, now: datetime) -> None:
    length = one.length or _length()
    if row.count == 0 or row.began_at is None or row.began_at <= now - length:
        row.count, row.began_at = 0, now
    row.count += 1
    row.paused_until = now + length if row.count >= one.most else None


def _take_back(limits: Iterable[Limit]) -> None:
    """Row by row, to avoid deadlocks."""
    for one in limits:
        row = FailedAttempts.objects.filter(key=one.key, count__gt=0)
        row.update(count=F("count") - 1, paused_until=None)


def _length() -> timedelta:
    length: timedelta = settings.SIGN_IN_PAUSE
    return length
