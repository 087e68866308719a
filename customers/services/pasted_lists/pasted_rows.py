"""The organizations of a pasted list, page by page, in the order pasted or another."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from customers.database.key_parameters import among, place_among
from customers.models import Customer
from customers.services.access.visible import customers_shown_to, visible_customers
from customers.services.lists.keyset_paging import Order, ordered
from customers.services.lists.listing import SORTS
from customers.services.pasted_lists.list_standing import Standing

PAGE_ROWS = 50
_KEY = '"customers_customer"."organization_id"'


@dataclass(frozen=True, slots=True)
class PastedRows:
    rows: list[Customer]
    number: int  # of the page, from 1
    pages: int
    count: int

    @property
    def first(self) -> int:
        """The number of the first row among all, from 1; 0 if there is none."""
        return (self.number - 1) * PAGE_ROWS + bool(self.rows)

    @property
    def last(self) -> int:
        return (self.number - 1) * PAGE_ROWS + len(self.rows)

    @property
    def previous(self) -> int:
        """The number of the previous page, or 0."""
        return self.number - 1

    @property
    def next(self) -> int:
        """The number of the next page, or 0."""
        return self.number + 1 if self.number < self.pages else 0


def page_of(user: AbstractBaseUser, standing: Standing, sort: str, number: int) -> PastedRows:
    """One page; `sort` is a key of SORTS, with "-" in front for descending, or "" as pasted."""
    keys = list(standing.first_lines)
    if sort:
        visible = visible_customers(user).filter(pk__in=among(keys))
        keys = list(ordered(visible, _order(sort)).values_list("pk", flat=True))
    pages = max(1, -(-len(keys) // PAGE_ROWS))
    number = min(max(number, 1), pages)
    wanted = keys[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]
    by_key = {row.pk: row for row in customers_shown_to(user, wanted)}
    return PastedRows([by_key[key] for key in wanted if key in by_key], number, pages, len(keys))


def all_of(user: AbstractBaseUser, standing: Standing, sort: str) -> QuerySet[Customer]:
    keys = list(standing.first_lines)
    visible = visible_customers(user).filter(pk__in=among(keys))
    if sort:
        return ordered(visible, _order(sort))
    return visible.order_by(place_among(keys, _KEY), "pk")


def _order(sort: str) -> Order:
    return Order(SORTS[sort.removeprefix("-")], sort.startswith("-"))
