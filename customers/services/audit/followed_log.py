from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Min, QuerySet

from customers.database.commit_order import CommitOrder
from customers.services.audit.position import LogPosition


@dataclass(frozen=True, slots=True)
class FollowedLog:
    """Rows that are only ever added, and removed only from the old end."""

    rows: QuerySet[Any]
    time: str  # name of the column
    # One line; and what tells a row from another that has its number after a restore.
    line: Callable[[Any], dict[str, Any]]
    mark: Callable[[Any], str]
    # Set where numbers are not given out in the order in which rows are committed.
    order: CommitOrder | None = None

    def rows_after(self, number: int, most: int) -> Sequence[Any]:
        later = self.rows.filter(pk__gt=number).order_by("pk")
        found = list(later[:most])
        if not found or self.order is None or found[-1].pk == number + len(found):
            return found  # without a gap
        through = self.order.settled(number, [row.pk for row in found])
        return list(later.filter(pk__lte=through))

    def position_of(self, row: Any) -> LogPosition:
        return LogPosition(row.pk, self.mark(row))

    def find(self, number: int) -> Any:
        return self.rows.filter(pk=number).first()

    def first_number(self) -> int:
        return self._number_at("pk")

    def last_number(self) -> int:
        return self._number_at("-pk")

    def position_before(self, moment: datetime) -> LogPosition:
        """After it comes everything from `moment` on."""
        since = self.rows.filter(**{f"{self.time}__gte": moment})
        first = since.aggregate(first=Min("pk"))["first"]
        return LogPosition(self.last_number() if first is None else first - 1)

    def _number_at(self, order: str) -> int:
        keys = self.rows.order_by(order).values_list("pk", flat=True)
        return keys.first() or 0
