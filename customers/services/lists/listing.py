"""Lists of what a user may see: narrowed, filtered, searched, sorted, counted, and paged by key."""

from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from customers.database.capped_counts import (
    COUNT_CAP,
    NARROWED_COUNT_CAP,
    SEARCH_COUNT_CAP,
    capped_count,
)
from customers.models import Customer
from customers.services.access.visible import customers_shown_to, visible_customers
from customers.services.facts.table import FACTS
from customers.services.lists.counts import worklist_counts
from customers.services.lists.keyset_paging import Order, cursor, keys_after, ordered, position
from customers.services.lists.shared_cards import paid_by_card_of
from customers.services.lists.worklists import BY_KEY, narrow
from customers.services.search.clues import MOST, one_line, read_clues
from customers.services.search.find import search

PAGE_SIZE = 25
# Of a list of pasted clues, which is shown at once.
LONGEST_PAGE = MOST
# What a list can be sorted by, each with its column of visible_customers.
SORTS = {
    "name": "folded_name",
    "checked": "checked_at",
    "changed": "changed_for_user",
    **{key.removeprefix("-"): fact.name for fact in FACTS for key, _label in fact.sorts},
    # Since when it is on the worklist; of all organizations, since when they are as they are.
    "since": "changed_for_user",
}
FILTERS = tuple(fact.name for fact in FACTS if fact.is_filter)
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
    left_out: int = 0  # how many clues of a pasted text are not in `text`, for want of room

    @property
    def is_narrowed(self) -> bool:
        """Whether it holds less than its worklist."""
        return bool(self.text or self.filters or self.mode or self.expires or self.card_of)


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Customer]
    next: str  # the `after` of the next page, or ""
    count: int
    is_capped: bool


def list_customers(user: AbstractBaseUser, listed: Listed) -> QuerySet[Customer]:
    """Everything that `listed` names and `user` may see, in its order. KeyError if unknown."""
    customers = ordered(_listed(user, listed), _order(listed))
    return customers.select_related("organization", "checked_with")


def page(user: AbstractBaseUser, listed: Listed) -> Page:
    """One page of the list, from where `listed.after` says.

    First the keys, which an index gives in that order, then the rows of these keys.
    """
    order, size = _order(listed), _size(listed)
    customers = _listed(user, listed)
    parts = keys_after(customers, order, position(listed.after, order))
    keys = list(islice(chain.from_iterable(part[: size + 1] for part in parts), size + 1))
    by_key = {row.pk: row for row in customers_shown_to(user, keys[:size])}
    rows = [by_key[key] for key in keys[:size] if key in by_key]
    has_more = bool(rows) and len(keys) > size
    if not (listed.after or has_more):
        return Page(rows, "", len(rows), is_capped=False)
    count, cap = _count(user, listed, customers)
    count = max(count, len(keys))  # it may be a minute old
    following = cursor(rows[-1], order) if has_more else ""
    return Page(rows, following, min(count, cap), count > cap)


def _count(
    user: AbstractBaseUser, listed: Listed, customers: QuerySet[Customer]
) -> tuple[int, int]:
    """How many there are, and to how many they are counted at most."""
    if not listed.is_narrowed:
        return worklist_counts(user).counts[listed.worklist], COUNT_CAP
    cap = COUNT_CAP
    if listed.text:
        cap = SEARCH_COUNT_CAP
    elif listed.filters or listed.mode or listed.card_of:
        cap = NARROWED_COUNT_CAP
    return capped_count(customers, cap), cap


def _size(listed: Listed) -> int:
    """As many rows as there are clues, so that whoever pastes a list of ids sees all of it."""
    if not listed.text:
        return PAGE_SIZE
    clues = len(read_clues(one_line(listed.text)).parts())
    return max(PAGE_SIZE, min(clues, LONGEST_PAGE))


def _listed(user: AbstractBaseUser, listed: Listed) -> QuerySet[Customer]:
    """All on the list, in no order."""
    customers = narrow(user, visible_customers(user), listed.worklist)
    for name, value in _values(listed).items():
        customers = customers.filter(**{name: value})
    if listed.card_of:
        customers = paid_by_card_of(user, customers, listed.card_of)
    return search(customers, listed.text)


def _values(listed: Listed) -> dict[str, Any]:
    """What the list is narrowed to, by columns."""
    values: dict[str, Any] = dict(listed.filters)
    if listed.expires:
        values["expires_on"] = listed.expires
    if listed.mode:
        values["livemode"] = _MODES[listed.mode]
    return values


def _order(listed: Listed) -> Order:
    sort = listed.sort.removeprefix("-")
    if sort == "since" and listed.worklist:
        return Order(BY_KEY[listed.worklist].since, listed.sort.startswith("-"))
    return Order(SORTS[sort], listed.sort.startswith("-"))
