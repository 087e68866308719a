"""Count to a bound, so that a count costs the same however many there are."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

COUNT_CAP = 10_000
# What is counted row by row, because it is filtered, is counted to here.
NARROWED_COUNT_CAP = 1_000
# Whoever finds more than this by a text needs a better text, not a longer count.
SEARCH_COUNT_CAP = 100


def capped_count(rows: QuerySet[Any], cap: int = COUNT_CAP) -> int:
    """How many there are, counted to one over `cap` at most."""
    return capped_counts({"": rows}, cap)[""]


def capped_counts(rows: Mapping[str, QuerySet[Any]], cap: int = COUNT_CAP) -> dict[str, int]:
    """How many there are of each, counted to one over `cap` at most, all in one query."""
    counts, parameters = [], list[Any]()
    for counted in rows.values():
        try:
            sql, values = counted.order_by().values("pk")[: cap + 1].query.sql_with_params()
        except EmptyResultSet:
            counts.append("0")
        else:
            counts.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")
            parameters += values
    if not counts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}", parameters)
        return dict(zip(rows, cursor.fetchone() or (), strict=True))
