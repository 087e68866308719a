"""Count to a bound, so that a count costs the same however many there are."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from customers.database.prepared import tell

COUNT_CAP = 10_000
# What is counted row by row, because it is filtered, is counted to here: ten times as much would
# take a list on PostgreSQL a tenth of a second.
NARROWED_COUNT_CAP = 1_000
# Whoever finds more than this by a text needs a better text, not a longer count.
SEARCH_COUNT_CAP = 100


class Counts:
    """Counts of several queries, each to one over `cap` at most: one statement, put into SQL once
    and asked with whatever is Given in them."""

    def __init__(self, rows: Mapping[str, QuerySet[Any]], cap: int = COUNT_CAP) -> None:
        self._names = list(rows)
        self._parameters: list[Any] = []
        counts = [self._count(counted, cap) for counted in rows.values()]
        self._sql = f"SELECT {', '.join(counts)}"

    def _count(self, rows: QuerySet[Any], cap: int) -> str:
        try:
            sql, parameters = rows.order_by().values("pk")[: cap + 1].query.sql_with_params()
        except EmptyResultSet:
            return "0"
        self._parameters += parameters
        return f"(SELECT COUNT(*) FROM ({sql}) AS counted)"

    def ask(self, **given: object) -> dict[str, int]:
        """How many there are of each, now."""
        if not self._names:
            return {}
        with connection.cursor() as cursor:
            cursor.execute(self._sql, tell(self._parameters, given, connection))
            return dict(zip(self._names, cursor.fetchone() or (), strict=True))


def capped_count(rows: QuerySet[Any], cap: int = COUNT_CAP) -> int:
    """How many there are, counted to one over `cap` at most."""
    return Counts({"": rows}, cap).ask()[""]
