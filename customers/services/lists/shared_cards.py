"""Which organizations share a card, among what a user may see: told by the keyed hash of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from customers.database.key_parameters import among
from customers.models import Customer
from customers.services.access.visible import visible_customers

_MOST_COUNTED = 2_000
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Shared:
    """How many organizations a card pays, of those that the user may see; at least two."""

    count: int
    is_capped: bool

    @property
    def others(self) -> int:
        return self.count - 1


def sharing(user: AbstractBaseUser, customers: Sequence[Customer]) -> dict[int, Shared]:
    """For each of `customers` whose card pays other organizations too, how many it pays, by key.

    Counted in one query up to a bound; beyond it the counts are lower bounds and say so.
    """
    hashes = {customer.fingerprint_hash for customer in customers} - {""}
    if not hashes:
        return {}
    paid = visible_customers(user).filter(fingerprint_hash__in=among(hashes, "text"))
    found = list(paid.values_list("fingerprint_hash", flat=True)[: _MOST_COUNTED + 1])
    is_capped = len(found) > _MOST_COUNTED
    counts = Counter(found)
    return {
        customer.pk: Shared(counts[customer.fingerprint_hash], is_capped)
        for customer in customers
        if counts[customer.fingerprint_hash] > 1
    }


def sharing_of(user: AbstractBaseUser, customer: Customer) -> tuple[Shared | None, list[Customer]]:
    """How many organizations the card of one customer pays, if it pays others too, and the first
    few of those by name; of all, those that the user may see."""
    if not customer.fingerprint_hash:
        return None, []
    same = visible_customers(user).filter(fingerprint_hash=customer.fingerprint_hash)
    in_order = same.exclude(pk=customer.pk).order_by("folded_name", "pk")
    others = list(in_order.select_related("organization", "checked_with")[: _NAMED + 1])
    if len(others) > _NAMED:
        return sharing(user, [customer]).get(customer.pk), others[:_NAMED]
    return (Shared(1 + len(others), is_capped=False) if others else None), others


def paid_by_card_of(
    user: AbstractBaseUser, customers: QuerySet[Customer], org_id: str
) -> QuerySet[Customer]:
    """Those of `customers` that the card of `org_id` pays; none if the user may not see it."""
    rows = visible_customers(user).filter(organization__org_id=org_id)
    found = rows.values_list("fingerprint_hash", flat=True).first()
    return customers.filter(fingerprint_hash=found) if found else customers.none()
