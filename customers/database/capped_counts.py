"""Counts with an upper bound, so that their cost is bounded too."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from customers.database.prepared import tell

COUNT_CAP = 10_000
# For filtered counts, which read each row: ten times as many take 0.1 s on PostgreSQL.
NARROWED_COUNT_CAP = 1_000
# More hits than this call for a better search text.
SEARCH_COUNT_CAP = 100


class Counts:
    """Capped counts in one statement, which is compiled once; `ask` fills in what is Given."""

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
        if not self._names:
            return {}
        with connection.cursor() as cursor:
            cursor.execute(self._sql, tell(self._parameters, given, connection))
            return dict(zip(self._names, cursor.fetchone() or (), strict=True))


def capped_count(rows: QuerySet[Any], cap: int = COUNT_CAP) -> int:
    """Returns `cap` + 1 if there are more."""
    return Counts({"": rows}, cap).ask()[""]
