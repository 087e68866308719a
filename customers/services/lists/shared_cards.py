"""Which organizations share a card, among what a user may see: told by the keyed hash of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import BigIntegerField, CharField, QuerySet

from customers.database.key_parameters import KEYS, among, as_parameter
from customers.database.prepared import Given, Prepared
from customers.models import Customer
from customers.services.access.visible import (
    OLDEST,
    USER,
    given_of,
    may_have,
    others_with,
    plainly_shown_by,
    proofs_of,
    visible_customers,
)

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
    found = _PAID.ask(**given_of(user), keys=as_parameter(hashes))
    is_capped = len(found) > _MOST_COUNTED
    counts = Counter(found)
    return {
        customer.pk: Shared(counts[customer.fingerprint_hash], is_capped)
        for customer in customers
        if counts[customer.fingerprint_hash] > 1
    }


def _paid() -> QuerySet[Customer, str]:
    """The hash of each that one of these cards pays."""
    paid = plainly_shown_by(proofs_of(USER, OLDEST)).filter(
        fingerprint_hash__in=among(KEYS, "text")
    )
    return paid.values_list("fingerprint_hash", flat=True)[: _MOST_COUNTED + 1]


_PAID = Prepared(_paid, by_key=True)


def sharing_of(user: AbstractBaseUser, customer: Customer) -> tuple[Shared | None, list[Customer]]:
    """How many organizations the card of one customer pays, if it pays others too, and the first
    few of those by name; of all, those that the user may see."""
    if not may_have(customer, "card_of_others"):
        return None, []
    card = customer.fingerprint_hash
    others = _OTHERS.ask(**given_of(user), card=card, organization=customer.pk)
    if len(others) > _NAMED:
        return sharing(user, [customer]).get(customer.pk), others[:_NAMED]
    return (Shared(1 + len(others), is_capped=False) if others else None), others


_OTHERS = Prepared(
    lambda: (
        others_with(
            "fingerprint_hash",
            Given("card", CharField()),
            Given("organization", BigIntegerField()),
        )
        .select_related("organization", "checked_with")
        .order_by("folded_name", "pk")[: _NAMED + 1]
    ),
    by_key=True,
)


def paid_by_card_of(
    user: AbstractBaseUser, customers: QuerySet[Customer], org_id: str
) -> QuerySet[Customer]:
    """Those of `customers` that the card of `org_id` pays; none if the user may not see it."""
    rows = visible_customers(user).filter(organization__org_id=org_id)
    found = rows.values_list("fingerprint_hash", flat=True).first()
    return customers.filter(fingerprint_hash=found) if found else customers.none()
