"""Lists of what a user may see: narrowed, filtered, searched, sorted, counted, and paged by key."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import BigIntegerField, Field, Q, QuerySet

from customers.database.capped_counts import (
    COUNT_CAP,
    NARROWED_COUNT_CAP,
    SEARCH_COUNT_CAP,
    Counts,
)
from customers.database.prepared import Given, Prepared
from customers.models import Access, Customer
from customers.services.access.list_copies import on_proofs
from customers.services.access.visible import (
    OLDEST,
    USER,
    customers_shown_to,
    given_of,
    oldest_valid,
    plainly_shown_by,
    proofs_of,
    shown_by,
    with_own,
)
from customers.services.facts.table import FACTS
from customers.services.lists.keyset_paging import (
    OWN,
    Order,
    Position,
    cursor,
    keys_after,
    ordered,
    position,
)
from customers.services.lists.shared_cards import paid_by_card_of
from customers.services.lists.worklists import BY_KEY, narrow
from customers.services.search.clues import MOST, one_line, read_clues
from customers.services.search.find import search
from customers.services.wording.expiry import today

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
    proofs = _proofs(listed.worklist, user.pk, oldest_valid())
    customers = _searched(
        user, _narrowed(shown_by(user, proofs), listed.worklist, _values(listed)), listed
    )
    return ordered(customers, _order(listed)).select_related("organization", "checked_with")


def page(user: AbstractBaseUser, listed: Listed) -> Page:
    """One page of the list, from where `listed.after` says.

    First the keys, which an index gives in that order, then the rows of these keys.
    """
    order, values = _order(listed), _values(listed)
    after = position(listed.after, order)
    size = _size(listed)
    shape = _Shape(listed.worklist, tuple(values), order, _kind(after), size + 1, today())
    is_searched = bool(listed.text or listed.card_of)
    queries = _searching(user, listed, shape, after) if is_searched else _prepared(shape)
    given = given_of(user) | values
    if after:
        given |= {"value": after.value, "key": after.key}
    keys = queries.keys(given, shape.size)
    count = queries.count.ask(**given)[""]
    by_key = {row.pk: row for row in customers_shown_to(user, keys[:size])}
    rows = [by_key[key] for key in keys[:size] if key in by_key]
    following = cursor(rows[-1], order) if rows and len(keys) > size else ""
    return Page(rows, following, min(count, queries.cap), count > queries.cap)


def _size(listed: Listed) -> int:
    """As many rows as there are clues, so that whoever pastes a list of ids sees all of it."""
    if not listed.text:
        return PAGE_SIZE
    clues = len(read_clues(one_line(listed.text)).parts())
    return max(PAGE_SIZE, min(clues, LONGEST_PAGE))


@dataclass(frozen=True, slots=True)
class _Shape:
    """What lists have in common that differ by whose they are and by values."""

    worklist: str
    columns: tuple[str, ...]  # what they are narrowed by
    order: Order
    after: str  # what they go on behind: "value" or "nothing" in the column of the order, or ""
    size: int  # of a page, and one more to tell whether there is
    day: date

    def customers(
        self, user_id: int | Given, oldest: datetime | Given, values: dict[str, Any]
    ) -> QuerySet[Customer]:
        """All on the list, with what each tells of the past only if the list goes by that."""
        worklist = BY_KEY.get(self.worklist)
        of_few = worklist is not None and worklist.proofs is not None
        customers = plainly_shown_by(_proofs(self.worklist, user_id, oldest), few=of_few)
        if self.order.column in OWN or of_few:
            customers = with_own(customers, user_id, oldest)
        return _narrowed(customers, self.worklist, values)


@dataclass(frozen=True, slots=True)
class _Queries:
    """Those of a page: for the keys, in parts that follow each other, and for their number."""

    parts: list[Callable[..., list[int]]]
    count: Counts
    cap: int

    def keys(self, given: dict[str, object], size: int) -> list[int]:
        keys: list[int] = []
        for part in self.parts:
            keys += part(**given)
            if len(keys) >= size:
                break
        return keys[:size]


@lru_cache(maxsize=200)
def _prepared(shape: _Shape) -> _Queries:
    """Put into SQL once for all lists of that shape; counted by the proofs alone if they tell."""
    given = {name: Given(name, _field(name)) for name in shape.columns}
    customers = shape.customers(USER, OLDEST, given)
    value = Given("value", _field(shape.order.stored)) if shape.after == "value" else None
    after = Position(value, Given("key", BigIntegerField())) if shape.after else None
    parts = [
        _prepared_part(part[: shape.size]) for part in keys_after(customers, shape.order, after)
    ]
    if given.keys() - {"expires_on"}:
        return _Queries(parts, Counts({"": customers}, NARROWED_COUNT_CAP), NARROWED_COUNT_CAP)
    condition = _condition(shape.worklist, shape.day) & Q(**given)
    proofs = _on_worklist(shape.worklist, condition)
    return _Queries(parts, Counts({"": proofs}), COUNT_CAP)


def _prepared_part(part: QuerySet[Customer, int]) -> Callable[..., list[int]]:
    return Prepared(lambda: part).ask


def _searching(
    user: AbstractBaseUser, listed: Listed, shape: _Shape, after: Position | None
) -> _Queries:
    """Of a list whose form depends on what is found."""
    customers = shape.customers(user.pk, oldest_valid(), _values(listed))
    customers = _searched(user, customers, listed)
    parts = [_part(part[: shape.size]) for part in keys_after(customers, shape.order, after)]
    cap = SEARCH_COUNT_CAP if listed.text else NARROWED_COUNT_CAP
    return _Queries(parts, Counts({"": customers}, cap), cap)


def _part(part: QuerySet[Customer, int]) -> Callable[..., list[int]]:
    return lambda **_given: list(part)


def _kind(after: Position | None) -> str:
    if after is None:
        return ""
    return "nothing" if after.value is None else "value"


def _field(name: str) -> Field:
    field: Field = Customer._meta.get_field(name)  # type: ignore[assignment]
    return field


def count_worklists(
    user: AbstractBaseUser, keys: Iterable[str], cap: int = COUNT_CAP
) -> dict[str, int]:
    """How many that `user` may see are on each worklist, and of all for an empty key, each counted
    to one over `cap` at most."""
    day = today()
    return _counts(tuple((key, _condition(key, day)) for key in keys), cap).ask(**given_of(user))


def _condition(key: str, day: date) -> Q:
    """Which proofs are on a worklist; a worklist with proofs of its own holds all of them."""
    worklist = BY_KEY.get(key)
    return worklist.condition(day) if worklist and not worklist.proofs else Q()


@lru_cache(maxsize=100)
def _counts(conditions: tuple[tuple[str, Q], ...], cap: int) -> Counts:
    """What counts worklists by these conditions, which change with the day."""
    return Counts({key: _on_worklist(key, condition) for key, condition in conditions}, cap)


def _on_worklist(key: str, condition: Q) -> QuerySet[Access]:
    worklist = BY_KEY.get(key)
    told = on_proofs(condition)
    if told is None:
        raise ValueError(f"the worklist {key} asks for what the proofs do not tell")
    proofs = worklist.proofs if worklist and worklist.proofs else proofs_of
    return proofs(USER, OLDEST).filter(told)


def _proofs(worklist: str, user_id: int | Given, oldest: datetime | Given) -> QuerySet[Access]:
    """Of what is on the list at most."""
    proofs = BY_KEY[worklist].proofs if worklist else None
    return (proofs or proofs_of)(user_id, oldest)


def _values(listed: Listed) -> dict[str, Any]:
    """What the list is narrowed to, by columns."""
    values: dict[str, Any] = dict(listed.filters)
    if listed.expires:
        values["expires_on"] = listed.expires
    if listed.mode:
        values["livemode"] = _MODES[listed.mode]
    return values


def _narrowed(
    customers: QuerySet[Customer], worklist: str, values: dict[str, Any]
) -> QuerySet[Customer]:
    customers = narrow(customers, worklist)
    for name, value in values.items():
        customers = customers.filter(**{name: value})
    return customers


def _searched(
    user: AbstractBaseUser, customers: QuerySet[Customer], listed: Listed
) -> QuerySet[Customer]:
    if listed.card_of:
        customers = paid_by_card_of(user, customers, listed.card_of)
    return search(customers, listed.text)


def _order(listed: Listed) -> Order:
    sort = listed.sort.removeprefix("-")
    if sort == "since" and listed.worklist:
        return Order(BY_KEY[listed.worklist].since, listed.sort.startswith("-"))
    return Order(SORTS[sort], listed.sort.startswith("-"))
