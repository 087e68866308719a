"""Where an organization stands on a list, and which one comes before or after it there."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser

from customers.database.capped_counts import capped_counts
from customers.models import Customer
from customers.services.access.visible import (
    customers_shown_to,
    visible_customers,
)
from customers.services.lists.keyset_paging import (
    cursor,
    keys_after,
    keys_before,
    position,
)
from customers.services.lists.listing import Listed, order_of, rows_to_page

# To how many rows it is counted before an organization, and as many after it.
_COUNTED = 500


@dataclass(frozen=True, slots=True)
class Place:
    """How many rows are before and after an organization on its list; None: more than counted."""

    before: int | None
    after: int | None


def place_of(user: AbstractBaseUser, listed: Listed, customer: Customer) -> Place | None:
    """Where `customer`, one of visible_customers, stands, counted in one statement; None if it is
    not on the list any more, or if the list is one of a search, where counting costs too much."""
    order = order_of(listed)
    here = position(cursor(customer, order), order)
    if here is None or listed.text:
        return None
    rows = rows_to_page(user, listed, order)
    parts = {"before": keys_before(rows, order, here), "after": keys_after(rows, order, here)}
    counted = {f"{side}{at}": keys for side in parts for at, keys in enumerate(parts[side])}
    counts = capped_counts({"own": rows.filter(pk=customer.pk), **counted}, _COUNTED)
    if not counts["own"]:
        return None
    before, after = (
        sum(count for name, count in counts.items() if name.startswith(side)) for side in parts
    )
    return Place(
        before if before <= _COUNTED else None,
        after if after <= _COUNTED else None,
    )


def neighbour_of(
    user: AbstractBaseUser, listed: Listed, org_id: str, *, is_next: bool
) -> Customer | None:
    """Which organization of those that `user` may see comes next on the list, or before it; None
    at an end. What has left the list meanwhile still has neighbours there."""
    own = visible_customers(user).filter(organization__org_id=org_id).first()
    order = order_of(listed)
    here = position(cursor(own, order), order) if own else None
    if here is None:
        return None
    rows = rows_to_page(user, listed, order)
    parts = keys_after(rows, order, here) if is_next else keys_before(rows, order, here)
    key = next((key for part in parts for key in part[:1]), None)
    return next(iter(customers_shown_to(user, [key])), None) if key is not None else None
