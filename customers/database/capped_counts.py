"""Count to a bound, so that a count costs the same however many there are."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

COUNT_CAP = 10_000
# What is counted row by row, because it is filtered, is counted to here: ten times as much would
# take a list on PostgreSQL a tenth of a second.
NARROWED_COUNT_CAP = 1_000
# Whoever finds more than this by a text needs a better text, not a longer count.
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
    """How many there are, counted to one over `cap` at most."""
    return capped_counts({"": rows}, cap)[""]


def _count(rows: QuerySet[Any], cap: int) -> tuple[str, Sequence[Any]]:
    try:
        sql, parameters = rows.order_by().values("pk")[: cap + 1].query.sql_with_params()
    except EmptyResultSet:
        return "0", ()
    return f"(SELECT COUNT(*) FROM ({sql}) AS counted)", parameters
