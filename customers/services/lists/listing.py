"""Lists of what a user may see: filter, search, sort, count, page by key."""

from collections.abc import Iterable, Mapping
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
from customers.database.probing import first_keys
from customers.models import Customer
from customers.services.access.visible import (
    customers_shown_to,
    plainly_visible,
    visible_customers,
)
from customers.services.cases.standing import STANDINGS
from customers.services.facts.table import FACTS
from customers.services.lists.counts import worklist_counts
from customers.services.lists.keyset_paging import (
    OWN,
    Order,
    cursor,
    keys_after,
    keys_before,
    ordered,
    position,
)
from customers.services.lists.page_place import PagePlace, later_start
from customers.services.lists.shared_cards import paid_by_card_of
from customers.services.lists.worklists import BY_KEY, narrow
from customers.services.search.clues import MOST, one_line, read_clues
from customers.services.search.find import search
from customers.services.wording.expiry import today

PAGE_SIZE = 25
# Of a list of pasted clues, which is shown at once.
LONGEST_PAGE = MOST
# The sorts of a list, with their columns of visible_customers.
SORTS = {
    "name": "folded_name",
    "best": "folded_name",  # of equal matches of a search the delinquent ones come first
    "checked": "checked_at",
    "changed": "changed_for_user",
    **{key.removeprefix("-"): fact.name for fact in FACTS for key, _label in fact.sorts},
    # Since when it is on the worklist; in the list of all, when it last changed.
    "since": "changed_for_user",
}
FILTERS = tuple(fact.name for fact in FACTS if fact.is_filter)
_MODES = {"live": True, "test": False}


@dataclass(frozen=True, slots=True)
class Listed:
    worklist: str = ""
    text: str = ""
    filters: dict[str, str] = field(default_factory=dict)
    mode: str = ""  # "live", "test" or ""
    expires: date | None = None  # the last day of an expiry month
    card_of: str = ""  # an org id: only organizations that its card pays
    case: str = ""  # a key of STANDINGS: only organizations whose case stands so
    sort: str = "name"  # a key of SORTS, with "-" in front for descending
    after: str = ""  # a cursor: the page begins behind it
    before: str = ""  # a cursor: the page ends in front of it
    start: int = 0  # the number of the page's first row, as its link says; 0 if it does not
    left_out: int = 0  # how many clues of a pasted text are not in `text`, for want of room

    @property
    def is_narrowed(self) -> bool:
        facts = self.filters or self.mode or self.expires or self.card_of
        return bool(self.text or facts or self.case)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(PagePlace):
    rows: list[Customer]


def list_customers(user: AbstractBaseUser, listed: Listed) -> QuerySet[Customer]:
    """Everything that `listed` names and `user` may see, in its order. KeyError if unknown."""
    customers = ordered(_rows_on(user, visible_customers(user), listed), order_of(listed))
    return customers.select_related("organization", "checked_with")


def page(
    user: AbstractBaseUser,
    listed: Listed,
    size: int | None = None,
    counts: Mapping[str, int] | None = None,
) -> Page:
    """One page of the list, from where `listed.after` or `listed.before` says; the first page if
    nothing is there. `counts` are those of worklist_counts, if the caller has read them already.
    First the keys, which an index gives in that order, then the rows of these keys."""
    order, size = order_of(listed), max(size or PAGE_SIZE, _clues(listed))
    customers = rows_to_page(user, listed, order)
    keys, is_behind, has_more = _keys(customers, order, listed, size)
    by_key = {row.pk: row for row in customers_shown_to(user, keys)}
    rows = [by_key[key] for key in keys if key in by_key]
    length = len(rows)
    if not rows or not (is_behind or has_more):
        start, count, cap = min(1, length), length, length
    else:
        count, cap = _count(user, listed, customers, counts)
        count = max(count, length + has_more)  # it may be a minute old
        later = later_start(listed.start, length, count, cap, has_more=has_more)
        start = later if is_behind else 1
    return Page(
        rows=rows,
        next=cursor(rows[-1], order) if rows and has_more else "",
        previous=cursor(rows[0], order) if rows and start != 1 else "",
        start=start,
        length=length,
        size=size,
        count=min(count, cap),
        is_capped=count > cap,
    )


def _keys(
    customers: QuerySet[Customer], order: Order, listed: Listed, size: int
) -> tuple[list[int], bool, bool]:
    if before := position(listed.before, order):
        keys = keys_from(keys_before(customers, order, before), size + 1)
        if len(keys) > size:
            return keys[:size][::-1], True, True
    after = None if listed.before else position(listed.after, order)
    keys = keys_from(keys_after(customers, order, after), size + 1)
    if after and not keys:
        after, keys = None, keys_from(keys_after(customers, order, None), size + 1)
    return keys[:size], after is not None, len(keys) > size


def keys_from(parts: Iterable[QuerySet[Customer, int]], number: int) -> list[int]:
    return list(islice(chain.from_iterable(first_keys(part, number) for part in parts), number))


def _count(
    user: AbstractBaseUser,
    listed: Listed,
    customers: QuerySet[Customer],
    counts: Mapping[str, int] | None,
) -> tuple[int, int]:
    if not listed.is_narrowed:
        return (counts or worklist_counts(user).counts)[listed.worklist], COUNT_CAP
    cap = count_cap(listed)
    return capped_count(customers, cap), cap


def count_cap(listed: Listed) -> int:
    if listed.text:
        return SEARCH_COUNT_CAP
    if listed.filters or listed.mode or listed.card_of or listed.case:
        return NARROWED_COUNT_CAP
    return COUNT_CAP


def count_list(user: AbstractBaseUser, listed: Listed, counts: Mapping[str, int]) -> int:
    """How many rows match, at most one more than its cap: names that are only similar are not
    counted, since to find them takes long. `counts` are those of the worklists."""
    rows = _rows_on(user, plainly_visible(user), listed, guesses=False)
    return _count(user, listed, rows, counts)[0]


def _clues(listed: Listed) -> int:
    """How many clues there are: whoever pastes a list of ids sees all of it at once."""
    clues = len(read_clues(one_line(listed.text)).parts()) if listed.text else 0
    return min(clues, LONGEST_PAGE)


def rows_to_page(user: AbstractBaseUser, listed: Listed, order: Order) -> QuerySet[Customer]:
    """The rows of the list, with no more of the user's own proofs than the order needs."""
    visible = visible_customers if order.column in OWN else plainly_visible
    return _rows_on(user, visible(user), listed)


def _rows_on(
    user: AbstractBaseUser, visible: QuerySet[Customer], listed: Listed, *, guesses: bool = True
) -> QuerySet[Customer]:
    customers = narrow(user, visible, listed.worklist)
    for name, value in _values(listed).items():
        customers = customers.filter(**{name: value})
    if listed.case:
        customers = customers.filter(STANDINGS[listed.case](user, today()))
    if listed.card_of:
        customers = paid_by_card_of(user, customers, listed.card_of)
    return search(customers, listed.text, guesses=guesses)


def _values(listed: Listed) -> dict[str, Any]:
    values: dict[str, Any] = dict(listed.filters)
    if listed.expires:
        values["expires_on"] = listed.expires
    if listed.mode:
        # Django writes `= False` as NOT, for which SQLite uses no index.
        values["livemode__in"] = [_MODES[listed.mode]]
    return values


def order_of(listed: Listed) -> Order:
    sort = listed.sort.removeprefix("-")
    if sort == "since" and listed.worklist:
        return Order(BY_KEY[listed.worklist].since, listed.sort.startswith("-"))
    return Order(SORTS[sort], listed.sort.startswith("-"), delinquent_first=sort == "best")


def usual_sort(worklist: str, *, is_search: bool) -> str:
    if is_search:
        return "best"
    return BY_KEY[worklist].sort if worklist else "name"
