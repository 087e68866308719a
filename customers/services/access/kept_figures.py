"""Cache a user's expensive counts for a minute, in the database, so that all processes agree."""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import OperationalError, connection
from django.utils import timezone

from customers.models import KeptFigures
from customers.services.wording.expiry import day_of

KEPT_FOR = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Figures:
    figures: Any
    counted_at: datetime


def kept(
    user: AbstractBaseUser, kind: str, count: Callable[[], Any], keys: Iterable[str] = ()
) -> Figures:
    """The result of `count`, at most a minute old and of the same day, with all of `keys`."""
    now = timezone.now()
    rows = KeptFigures.objects.filter(user_id=user.pk, kind=kind)
    row = next(iter(rows), None)
    if row and _is_fresh(row.counted_at, now) and _holds(row.figures, keys):
        return Figures(row.figures, row.counted_at)
    row = KeptFigures(user_id=user.pk, kind=kind, counted_at=now, figures=count())
    try:
        KeptFigures.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["user", "kind"],
            update_fields=["counted_at", "figures"],
        )
    except OperationalError:
        # SQLite has one writer: do not fail a page because another process is writing.
        if connection.vendor != "sqlite":
            raise
    return Figures(row.figures, now)


def forget_figures(user_id: int) -> None:
    KeptFigures.objects.filter(user_id=user_id).delete()


def _holds(figures: Container[str], keys: Iterable[str]) -> bool:
    return all(key in figures for key in keys)


def _is_fresh(counted_at: datetime, now: datetime) -> bool:
    """Not across midnight, when worklists change; a time in the future is from a clock set back."""
    is_today = day_of(counted_at) == day_of(now)
    return timedelta() <= now - counted_at < KEPT_FOR and is_today
