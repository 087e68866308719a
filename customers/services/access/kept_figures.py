"""Keep for a minute what takes long to count of all that a user may see.

In the database, so that all processes say the same and forget it together: what a user does
themselves shows at once, what others do within the minute.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import OperationalError, connection
from django.utils import timezone

from customers.models import KeptFigures

KEPT_FOR = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures as JSON has them, and when they were counted."""

    figures: Any
    counted_at: datetime


def kept(user: AbstractBaseUser, kind: str, count: Callable[[], Any]) -> Figures:
    """What `count` returned for this kind within the last minute, today; counted if need be."""
    now = timezone.now()
    row = KeptFigures.objects.filter(user_id=user.pk, kind=kind).first()
    if row and _is_fresh(row.counted_at, now):
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
        # SQLite has one writer, and a page that only reads does not fail for another process's.
        if connection.vendor != "sqlite":
            raise
    return Figures(row.figures, now)


def forget_figures(user_id: int) -> None:
    """Have everything counted again, because what the user may see, or its state, has changed."""
    KeptFigures.objects.filter(user_id=user_id).delete()


def _is_fresh(counted_at: datetime, now: datetime) -> bool:
    """A time in the future is a clock set back; at midnight worklists begin a new day."""
    is_today = timezone.localdate(counted_at) == timezone.localdate(now)
    return timedelta() <= now - counted_at < KEPT_FOR and is_today
