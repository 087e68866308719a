"""Page by key, so that every page costs the same, however far down.
Rows with a value come first, then those without; an index delivers each part in order."""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, Case, DateField, DateTimeField, F, Q, QuerySet, When
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from customers.models import Customer
from customers.models.folded_field import FoldedField
from customers.services.access.sight import sight_of

# What visible_customers says about the past, with the columns that hold it.
OWN = {
    "changed_for_user": "changed_at",
    "delinquent_since": "delinquent_seen_at",
    "state_since": "state_seen_at",
    "first_payment_since": "first_payment_seen_at",
}
_NEVER_NULL = {"folded_name", "checked_at"}  # in any row


@dataclass(frozen=True, slots=True)
class Order:
    """By a column of visible_customers, and by key among equal values."""

    column: str
    is_descending: bool
    delinquent_first: bool = False  # before all else

    @property
    def stored(self) -> str:
        return OWN.get(self.column, self.column)

    @property
    def reader(self) -> Callable[[Any], Any]:
        """Reads a value of the column from a cursor; ValueError or TypeError if invalid."""
        return _READERS[type(Customer._meta.get_field(self.stored))]


@dataclass(frozen=True, slots=True)
class Position:
    """The place of a row in an order: the value it is sorted by, which may be None, and its key."""

    value: Any
    key: int
    is_delinquent: bool = False  # set only in an order that puts these first


def ordered(customers: QuerySet[Customer], order: Order) -> QuerySet[Customer]:
    column: F | Case = F(order.stored)
    if order.column in OWN:
        column = Case(When(own_sent__isnull=False, then=column))
    first = [Case(When(delinquent=True, then=0), default=1)] if order.delinquent_first else []
    if order.is_descending:
        return customers.order_by(*first, column.desc(nulls_last=True), "-pk")
    return customers.order_by(*first, column.asc(nulls_last=True), "pk")


def keys_after(
    customers: QuerySet[Customer], order: Order, after: Position | None
) -> Iterator[QuerySet[Customer, int]]:
    """The keys of the rows after `after`, or of all rows, in consecutive parts."""
    if not order.delinquent_first:
        yield from _parts_after(customers, order, after)
        return
    delinquent, others = _delinquent_apart(customers)
    if after is None or after.is_delinquent:
        yield from _parts_after(delinquent, order, after)
        after = None
    yield from _parts_after(others, order, after)


def _delinquent_apart(
    customers: QuerySet[Customer],
) -> tuple[QuerySet[Customer], QuerySet[Customer]]:
    others = customers.filter(Q(delinquent=False) | Q(delinquent=None))
    return customers.filter(delinquent=True), others


def _parts_after(
    customers: QuerySet[Customer], order: Order, after: Position | None
) -> Iterator[QuerySet[Customer, int]]:
    if after is None or after.value is not None:
        yield _with_a_value(customers, order, after)
    if order.column not in _NEVER_NULL:
        yield _without_a_value(customers, order, after if after and after.value is None else None)


def keys_before(
    customers: QuerySet[Customer], order: Order, before: Position
) -> Iterator[QuerySet[Customer, int]]:
    """The keys of the rows in front of `before`, the nearest first, in consecutive parts."""
    back = replace(order, is_descending=not order.is_descending)
    if not order.delinquent_first:
        yield from _parts_before(customers, back, before)
        return
    delinquent, others = _delinquent_apart(customers)
    if before.is_delinquent:
        yield from _parts_before(delinquent, back, before)
        return
    yield from _parts_before(others, back, before)
    yield from _parts_after(delinquent, back, None)


def _parts_before(
    customers: QuerySet[Customer], back: Order, before: Position
) -> Iterator[QuerySet[Customer, int]]:
    if before.value is None:
        yield _without_a_value(customers, back, before)
    yield _with_a_value(customers, back, before if before.value is not None else None)


def _with_a_value(
    customers: QuerySet[Customer], order: Order, after: Position | None
) -> QuerySet[Customer, int]:
    column = order.stored
    if order.column in OWN:
        customers = customers.filter(Q(("own_sent__isnull", False)))
    if order.column not in _NEVER_NULL:
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
    is_hidden = Q(own_sent__isnull=True) if order.column in OWN else Q()
    customers = customers.filter(Q(**{f"{order.stored}__isnull": True}) | is_hidden)
    if after:
        beyond = "pk__lt" if order.is_descending else "pk__gt"
        customers = customers.filter(**{beyond: after.key})
    return customers.order_by("-pk" if order.is_descending else "pk").values_list("pk", flat=True)


class BadCursor(ValueError):
    """The text is no cursor, or one of another order."""


def cursor(row: Customer, order: Order) -> str:
    value = getattr(sight_of(row) if order.column in OWN else row, order.column)
    text = value if isinstance(value, int | str | None) else value.isoformat()
    place = [text, row.pk, *([row.delinquent is True] if order.delinquent_first else [])]
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode()


def position(text: str, order: Order) -> Position | None:
    """The position in a cursor, or None, which is the beginning, if the cursor is invalid."""
    try:
        written, key, *first = json.loads(base64.urlsafe_b64decode(text))
        value = order.reader(written) if written is not None else None
        if not isinstance(key, int) or not 0 <= key < _BIGGEST:
            return None
    except (ValueError, TypeError, RecursionError, OverflowError):
        return None
    return Position(value, key, is_delinquent=first == [True])


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
