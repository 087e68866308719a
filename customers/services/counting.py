"""Count to a bound, so that a count costs the same however many there are."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import IntegerField, QuerySet, Subquery

from customers.models import Credentials

COUNT_CAP = 10_000
# What is counted row by row, because it is filtered or searched for, is counted to here.
NARROWED_COUNT_CAP = 1_000


class _Counted(Subquery):
    """How many rows a query gives."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def capped_count(rows: QuerySet[Any], cap: int | None = None) -> int:
    """How many there are, counted to one over `cap`, or over COUNT_CAP, at most."""
    return _bounded(rows, cap).count()


def capped_counts(user: AbstractBaseUser, rows: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """How many there are of each, counted to one over COUNT_CAP at most, all in one query.

    The rows are what `user` may see; so without credentials of theirs there are none.
    """
    names = {f"count_{place}": key for place, key in enumerate(rows)}
    counted = {name: _Counted(_bounded(rows[key])) for name, key in names.items()}
    own = Credentials.objects.filter(user_id=user.pk).annotate(**counted).values(*counted)
    found = own.first() or {}
    return {key: found.get(name, 0) for name, key in names.items()}


def _bounded(rows: QuerySet[Any], cap: int | None = None) -> QuerySet[Any]:
    return rows.order_by().values("pk")[: (COUNT_CAP if cap is None else cap) + 1]
