"""Page by key: which rows come next in an order, however far down, at the cost of one page.

Rows with a value come first, then those without; an index gives each of the two parts in order.
"""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, Case, DateField, DateTimeField, F, Q, QuerySet, When
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from customers.models import Customer
from customers.models.folded_field import FoldedField
from customers.services.access.sight import sight_of

# What visible_customers tells of its past, each with the column that it is read from.
OWN = {"changed_for_user": "changed_at", "state_since": "state_seen_at"}
_ALWAYS_THERE = {"folded_name", "checked_at"}  # of every answer


@dataclass(frozen=True, slots=True)
class Order:
    """By a column of visible_customers, and by key where it is the same."""

    column: str
    is_descending: bool

    @property
    def stored(self) -> str:
        """The column of Customer that it reads."""
        return OWN.get(self.column, self.column)

    @property
    def reader(self) -> Callable[[Any], Any]:
        """What reads a value of the column again from a cursor, or raises."""
        return _READERS[type(Customer._meta.get_field(self.stored))]


@dataclass(frozen=True, slots=True)
class Position:
    """A row in an order: what it is sorted by, which may be nothing, and its key."""

    value: Any
    key: int


def ordered(customers: QuerySet[Customer], order: Order) -> QuerySet[Customer]:
    """All of `customers` in that order."""
    column: F | Case = F(order.stored)
    if order.column in OWN:
        column = Case(When(own_sent__isnull=False, then=column))
    if order.is_descending:
        return customers.order_by(column.desc(nulls_last=True), "-pk")
    return customers.order_by(column.asc(nulls_last=True), "pk")


def keys_after(
    customers: QuerySet[Customer], order: Order, after: Position | None
) -> Iterator[QuerySet[Customer, int]]:
    """The keys of the rows behind `after`, or of all, in parts that follow each other."""
    if after is None or after.value is not None:
        yield _with_a_value(customers, order, after)
    if order.column not in _ALWAYS_THERE:
        yield _without_a_value(customers, order, after if after and after.value is None else None)


def _with_a_value(
    customers: QuerySet[Customer], order: Order, after: Position | None
) -> QuerySet[Customer, int]:
    column = order.stored
    if order.column in OWN:
        customers = customers.filter(Q(("own_sent__isnull", False)))
    if order.column not in _ALWAYS_THERE:
        customers = customers.filter(**{f"{column}__isnull": False})
    if after:
        beyond = TupleLessThan if order.is_descending else TupleGreaterThan
        row = Tuple(F(column), F("pk"))
        customers = customers.filter(beyond(row, (after.value, after.key)))
    by = (f"-{column}", "-pk") if order.is_descending else (column, "pk")
    return customers.order_by(*by).values_list("pk", flat=True)


def _without_a_value(
    customers: QuerySet[Customer], order: Order, after: Position | None
) -> QuerySet[Customer, int]:
    is_untold = Q(own_sent__isnull=True) if order.column in OWN else Q()
    customers = customers.filter(Q(**{f"{order.stored}__isnull": True}) | is_untold)
    if after:
        beyond = "pk__lt" if order.is_descending else "pk__gt"
        customers = customers.filter(**{beyond: after.key})
    return customers.order_by("-pk" if order.is_descending else "pk").values_list("pk", flat=True)


def cursor(row: Customer, order: Order) -> str:
    """A text for a URL that says where `row` is."""
    value = getattr(sight_of(row) if order.column in OWN else row, order.column)
    text = value if isinstance(value, int | str | None) else value.isoformat()
    return base64.urlsafe_b64encode(json.dumps([text, row.pk]).encode()).decode()


def position(text: str, order: Order) -> Position | None:
    """Where a cursor points to; None, the beginning, if it says nothing of use."""
    try:
        written, key = json.loads(base64.urlsafe_b64decode(text))
        value = order.reader(written) if written is not None else None
        if not isinstance(key, int) or not 0 <= key < _BIGGEST:
            return None
    except (ValueError, TypeError, RecursionError, OverflowError):
        return None
    return Position(value, key)


def _read_name(text: Any) -> str:
    if not isinstance(text, str) or "\x00" in text:
        raise ValueError("not a name")
    text.encode()  # a UnicodeEncodeError is a ValueError
    return text


def _read_moment(text: Any) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError("not a moment of an answer")
    return moment


def _read_integer(text: Any) -> int:
    if not isinstance(text, int) or abs(text) >= _BIGGEST:
        raise ValueError("not a number of 64 bits")
    return text


_BIGGEST = 2**63
_FIRST_YEAR, _LAST_YEAR = 2000, 9000
_READERS: dict[type, Callable[[Any], Any]] = {
    FoldedField: _read_name,
    DateField: date.fromisoformat,
    BigIntegerField: _read_integer,
    DateTimeField: _read_moment,
}
