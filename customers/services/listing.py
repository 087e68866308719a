"""Lists of what a user may see: narrowed, filtered, searched, sorted, counted, and paged by key."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet

from customers.models import Access, Customer
from customers.services.access import (
    OLDEST,
    USER,
    customers_shown_to,
    given_of,
    oldest_valid,
    plainly_shown_by,
    proofs_of,
    shown_by,
    shown_to,
)
from customers.services.counting import (
    COUNT_CAP,
    NARROWED_COUNT_CAP,
    SEARCH_COUNT_CAP,
    Counts,
    capped_count,
)
from customers.services.paging import OWN, Order, cursor, keys_after, ordered, position
from customers.services.search import search
from customers.services.shared_cards import paid_by_card_of
from customers.services.showing import on_proofs
from customers.services.worklists import BY_KEY, Worklist, narrow, today

PAGE_SIZE = 25
# What a list can be sorted by, each with its column of visible_customers.
SORTS = {
    "name": "organization_name",
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
    customers = _narrowed(user, shown_by(user, _proofs(user, listed)), listed)
    return ordered(customers, _order(listed)).select_related("organization", "checked_with")


def page(user: AbstractBaseUser, listed: Listed) -> Page:
    """One page of the list, from where `listed.after` says.

    First the keys, which an index gives in that order, then the rows of these keys.
    """
    proofs, order = _proofs(user, listed), _order(listed)
    customers = _narrowed(user, _listed(user, proofs, listed), listed)
    keys = keys_after(customers, order, position(listed.after, order), PAGE_SIZE + 1)
    count, cap = _count(user, customers, listed)
    by_key = {row.pk: row for row in customers_shown_to(user, keys[:PAGE_SIZE])}
    rows = [by_key[key] for key in keys[:PAGE_SIZE] if key in by_key]
    following = cursor(rows[-1], order) if rows and len(keys) > PAGE_SIZE else ""
    return Page(rows, following, min(count, cap), count > cap)


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


def _proofs(user: AbstractBaseUser, listed: Listed) -> QuerySet[Access]:
    """Of what is on the list at most."""
    worklist = _worklist(listed)
    if worklist and worklist.proofs:
        return worklist.proofs(user.pk, oldest_valid())
    return shown_to(user)


def _worklist(listed: Listed) -> Worklist | None:
    return BY_KEY[listed.worklist] if listed.worklist else None


def _listed(user: AbstractBaseUser, proofs: QuerySet[Access], listed: Listed) -> QuerySet[Customer]:
    """What these proofs show, with what each tells of the past only if the list goes by that."""
    worklist = _worklist(listed)
    has_own = _order(listed).column in OWN or (worklist is not None and worklist.proofs is not None)
    return shown_by(user, proofs) if has_own else plainly_shown_by(proofs)


def _narrowed(
    user: AbstractBaseUser, customers: QuerySet[Customer], listed: Listed
) -> QuerySet[Customer]:
    customers = narrow(customers, listed.worklist)
    for name, value in listed.filters.items():
        customers = customers.filter(**{name: value})
    if listed.expires:
        customers = customers.filter(expires_on=listed.expires)
    if listed.mode:
        customers = customers.filter(livemode=_MODES[listed.mode])
    if listed.card_of:
        customers = paid_by_card_of(user, customers, listed.card_of)
    return search(customers, listed.text)


def _count(
    user: AbstractBaseUser, customers: QuerySet[Customer], listed: Listed
) -> tuple[int, int]:
    """How many there are, and to how many it was counted: by the proofs alone if they tell."""
    if listed.text:
        return capped_count(customers, SEARCH_COUNT_CAP), SEARCH_COUNT_CAP
    if listed.filters or listed.mode or listed.card_of:
        return capped_count(customers, NARROWED_COUNT_CAP), NARROWED_COUNT_CAP
    condition = _condition(listed.worklist, today())
    if listed.expires:
        condition &= Q(expires_on=listed.expires)
    counts = _counts(((listed.worklist, condition),), COUNT_CAP).ask(**given_of(user))
    return counts[listed.worklist], COUNT_CAP


def _order(listed: Listed) -> Order:
    sort = listed.sort.removeprefix("-")
    if sort == "since" and listed.worklist:
        return Order(BY_KEY[listed.worklist].since, listed.sort.startswith("-"))
    return Order(SORTS[sort], listed.sort.startswith("-"))
