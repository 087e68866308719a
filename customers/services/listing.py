"""Lists of what a user may see: narrowed, filtered, searched, sorted, and paged by key."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F, Model, Q, QuerySet

from customers.models import Customer
from customers.services.access import visible_customers
from customers.services.search import search
from customers.services.shared_cards import paid_by_card_of
from customers.services.worklists import BY_KEY, narrow

PAGE_SIZE = 50
COUNT_CAP = 10_000
MOST_CHOICES = 100
# What a list can be sorted by: the column, and the one that its order starts from.
SORTS = {
    "name": "organization__name",
    "checked": "checked_at",
    "changed": "changed_for_user",
    "expiry": "expires_on",
    "balance": "balance",
    # Since when it is on the worklist; of all organizations, since when they are as they are.
    "since": "changed_for_user",
}
FILTERS = ("brand", "funding", "currency", "country")
_MODES = {"live": True, "test": False}


@dataclass(frozen=True, slots=True)
class Listed:
    """Which list is asked for; every part comes from the URL."""

    worklist: str = ""
    text: str = ""
    filters: dict[str, str] = field(default_factory=dict)
    mode: str = ""  # "live", "test" or ""
    expires: date | None = None  # the last day of an expiry month
    card_of: str = ""  # an org id: only what is paid by the same card
    sort: str = "name"  # a key of SORTS, with "-" in front for descending
    after: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Customer]
    next: str  # the `after` of the next page, or ""
    count: int
    is_capped: bool


def list_customers(user: AbstractBaseUser, listed: Listed) -> QuerySet[Customer]:
    """Everything that `listed` names and `user` may see, in its order. KeyError if unknown."""
    customers = search(narrow(visible_customers(user), listed.worklist), listed.text)
    for name, value in listed.filters.items():
        customers = customers.filter(**{name: value})
    if listed.expires:
        customers = customers.filter(expires_on=listed.expires)
    if listed.mode:
        customers = customers.filter(livemode=_MODES[listed.mode])
    if listed.card_of:
        customers = paid_by_card_of(user, customers, listed.card_of)
    return customers.order_by(*_order(listed)).select_related("organization", "checked_with")


def page(user: AbstractBaseUser, listed: Listed) -> Page:
    """One page of the list, from where `listed.after` says."""
    customers = list_customers(user, listed)
    count = capped_count(customers)
    rows = list(_after(customers, listed)[: PAGE_SIZE + 1])
    more = len(rows) > PAGE_SIZE
    rows = rows[:PAGE_SIZE]
    following = _cursor(rows[-1], listed) if more else ""
    return Page(rows, following, min(count, COUNT_CAP), count > COUNT_CAP)


def capped_count(customers: QuerySet[Customer]) -> int:
    """How many there are, counted to one over COUNT_CAP at most."""
    return customers.order_by()[: COUNT_CAP + 1].count()


def choices(user: AbstractBaseUser) -> dict[str, list[str]]:
    """The values of each filter that occur in what `user` may see."""
    visible = visible_customers(user)
    return {name: _values(visible.exclude(**{name: ""}), name) for name in FILTERS}


def _values(customers: QuerySet[Customer], name: str) -> list[str]:
    values = customers.order_by(name).values_list(name, flat=True).distinct()
    return list(values[:MOST_CHOICES])


def _column(listed: Listed) -> str:
    sort = listed.sort.removeprefix("-")
    if sort == "since" and listed.worklist:
        return BY_KEY[listed.worklist].since
    return SORTS[sort]


def _order(listed: Listed) -> tuple[Any, ...]:
    column = F(_column(listed))
    is_descending = listed.sort.startswith("-")
    return column.desc(nulls_last=True) if is_descending else column.asc(nulls_last=True), "pk"


def _after(customers: QuerySet[Customer], listed: Listed) -> QuerySet[Customer]:
    """The rows behind the cursor; all of them if the cursor says nothing of use."""
    try:
        text, key = json.loads(base64.urlsafe_b64decode(listed.after))
        value = _READERS[_column(listed)](text) if text is not None else None
        if not isinstance(key, int) or not 0 <= key < _BIGGEST:
            return customers
    except (ValueError, TypeError, RecursionError, OverflowError):
        return customers
    return customers.filter(_behind(listed, value, key))


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


def _read_balance(text: Any) -> int:
    if not isinstance(text, int) or abs(text) >= _BIGGEST:
        raise ValueError("not a balance")
    return text


_BIGGEST = 2**63
_FIRST_YEAR, _LAST_YEAR = 2000, 9000
_READERS: dict[str, Callable[[Any], Any]] = {
    "organization__name": _read_name,
    "expires_on": date.fromisoformat,
    "balance": _read_balance,
    **dict.fromkeys(
        ("checked_at", "changed_for_user", "delinquent_seen_at", "state_since", "failing_since"),
        _read_moment,
    ),
}


def _behind(listed: Listed, value: Any, key: int) -> Q:
    """Rows that sort behind (value, key), where an absent value sorts last."""
    column = _column(listed)
    if value is None:
        return Q(**{f"{column}__isnull": True, "pk__gt": key})
    beyond = "lt" if listed.sort.startswith("-") else "gt"
    return (
        Q(**{f"{column}__{beyond}": value})
        | Q(**{column: value, "pk__gt": key})
        | Q(**{f"{column}__isnull": True})
    )


def _cursor(row: Customer, listed: Listed) -> str:
    value: Any = row
    for part in _column(listed).split("__"):
        value = getattr(value, part) if isinstance(value, Model) else value
    text = value if isinstance(value, int | str | None) else value.isoformat()
    return base64.urlsafe_b64encode(json.dumps([text, row.pk]).encode()).decode()
