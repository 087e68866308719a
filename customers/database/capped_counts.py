"""Counts with an upper bound, so that their cost is bounded too."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

COUNT_CAP = 10_000
# For filtered counts, which read each row: ten times as many take 0.1 s on PostgreSQL.
NARROWED_COUNT_CAP = 1_000
# More hits than this call for a better search text.
SEARCH_COUNT_CAP = 100


def capped_counts(rows: Mapping[str, QuerySet[Any]], cap: int = COUNT_CAP) -> dict[str, int]:
    """How many there are of each, counted to one over `cap` at most: all in one statement."""
    counts, parameters = [], list[Any]()
    for counted in rows.values():
        sql, its_own = _count(counted, cap)
        counts.append(sql)
        parameters += its_own
    if not counts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}", parameters)
        return dict(zip(rows, cursor.fetchone() or (), strict=True))


def capped_count(rows: QuerySet[Any], cap: int = COUNT_CAP) -> int:
    """Returns `cap` + 1 if there are more."""
    return capped_counts({"": rows}, cap)[""]


def _count(rows: QuerySet[Any], cap: int) -> tuple[str, Sequence[Any]]:
    try:
        sql, parameters = rows.order_by().values("pk")[: cap + 1].query.sql_with_params()
    except EmptyResultSet:
        return "0", ()
    return f"(SELECT COUNT(*) FROM ({sql}) AS counted)", parameters
