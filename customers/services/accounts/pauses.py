"""Pause who guesses: count failed attempts on a name, account or address, and refuse after many.

An attempt is counted as failed before it is tried, and taken back if it succeeds, so that many at
once are never more than the limit. What is tried during a pause is refused unseen, the right
password too, and does not make the pause longer. Nothing here depends on whether a name exists.
"""

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

# An address stands for many people, so it pauses after so many times as many failures as a name.
_PEOPLE_BEHIND_AN_ADDRESS = 10
CODES_PER_HOUR = 20
HOUR = timedelta(hours=1)


class Paused(Exception):
    """Too many attempts have failed; the next one is tried after `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__("Too many attempts have failed.")
        self.until = until


@dataclass(frozen=True, slots=True)
class Limit:
    """A pause after `most` failures on one thing, such as a name, within the length of a pause.

    That is SIGN_IN_PAUSE, if `length` says nothing else.
    """

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
    """One that is counted as failed until it says otherwise, and the pause if it began one."""

    guessed: Limit
    others: tuple[Limit, ...]
    pause: Paused | None

    def succeeded(self) -> None:
        """Clear what was guessed at, and that alone: what failed elsewhere still counts there."""
        FailedAttempts.objects.filter(key=self.guessed.key).update(count=0, paused_until=None)
        _take_back(self.others)

    def take_back(self) -> None:
        """It told nothing, as when nobody answered."""
        _take_back((self.guessed, *self.others))


def limit(kind: str, value: object) -> Limit:
    """The usual number of failures on one name or account."""
    return Limit(kind, str(value), settings.SIGN_IN_ATTEMPTS)


def codes_of(user: AbstractBaseUser) -> Limit:
    """Codes of a second factor from all browsers that never passed it."""
    return Limit("codes", str(user.pk), CODES_PER_HOUR, HOUR)


def begin_attempt(guessed: Limit, *others: Limit) -> Attempt:
    """Count one on `guessed`, `others` and the address that it comes from, if that is known.

    Raises Paused while any of them pauses, and then counts nothing.
    """
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
    """Forget what was counted, of all or of these alone; how many pauses that ended."""
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
    """The rows, made where there are none, and held until the transaction ends.

    Rows that are there are written as they are, which locks them; all in one order.
    """
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
    """With one less, no limit is reached. Row by row, so that no two requests wait crosswise."""
    for one in limits:
        row = FailedAttempts.objects.filter(key=one.key, count__gt=0)
        row.update(count=F("count") - 1, paused_until=None)


def _length() -> timedelta:
    length: timedelta = settings.SIGN_IN_PAUSE
    return length
