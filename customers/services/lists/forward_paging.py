"""Follow a list to its end, as programs do: each row once, and nothing behind the last."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser

from customers.models import Customer
from customers.services.access.visible import customers_shown_to
from customers.services.lists.keyset_paging import BadCursor, cursor, keys_after, position
from customers.services.lists.listing import (
    Listed,
    count_cap,
    count_list,
    keys_from,
    order_of,
    rows_to_page,
)


@dataclass(frozen=True, slots=True)
class ListPart:
    rows: list[Customer]
    next: str  # the `after` of the next part, or ""
    count: int  # of the whole list
    is_capped: bool


def part_of(user: AbstractBaseUser, listed: Listed, size: int) -> ListPart:
    """Up to `size` rows behind `listed.after`; none where nothing is left. Raises BadCursor."""
    order = order_of(listed)
    after = position(listed.after, order)
    if listed.after and after is None:
        raise BadCursor
    parts = keys_after(rows_to_page(user, listed, order), order, after)
    keys = keys_from(parts, size + 1)
    by_key = {row.pk: row for row in customers_shown_to(user, keys[:size])}
    rows = [by_key[key] for key in keys[:size] if key in by_key]
    has_more = len(keys) > size
    count, cap = _count(user, listed, len(rows), has_more=has_more or after is not None)
    return ListPart(
        rows,
        next=cursor(rows[-1], order) if rows and has_more else "",
        count=min(count, cap),
        is_capped=count > cap,
    )


def _count(
    user: AbstractBaseUser, listed: Listed, length: int, *, has_more: bool
) -> tuple[int, int]:
    """The number of rows of the list and its cap; a list of one part has as many as are seen."""
    cap = count_cap(listed)
    if not has_more:
        return length, cap
    return max(count_list(user, listed, {}), length), cap
