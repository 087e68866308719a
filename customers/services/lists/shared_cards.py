"""Organizations that share a card, matched by its keyed hash, among those a user may see."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from customers.database.key_parameters import among
from customers.models import Customer
from customers.services.access.beside import beside
from customers.services.access.visible import plainly_visible
from customers.services.organizations.same_customer import is_sent_for_others

_MOST_COUNTED = 2_000
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Shared:
    """How many organizations a card pays, at least two."""

    count: int
    is_capped: bool

    @property
    def others(self) -> int:
        return self.count - 1


def sharing(user: AbstractBaseUser, customers: Sequence[Customer]) -> dict[int, Shared]:
    """How many organizations each card pays, if several; `is_capped` marks lower bounds."""
    hashes = {customer.fingerprint_hash for customer in customers} - {""}
    if not hashes:
        return {}
    paid = plainly_visible(user).filter(fingerprint_hash__in=among(hashes, "text"))
    found = list(paid.values_list("fingerprint_hash", flat=True)[: _MOST_COUNTED + 1])
    is_capped = len(found) > _MOST_COUNTED
    counts = Counter(found)
    return {
        customer.pk: Shared(counts[customer.fingerprint_hash], is_capped)
        for customer in customers
        if counts[customer.fingerprint_hash] > 1
    }


def sharing_of(user: AbstractBaseUser, customer: Customer) -> tuple[Shared | None, list[Customer]]:
    if not customer.fingerprint_hash:
        return None, []
    same = plainly_visible(user).filter(fingerprint_hash=customer.fingerprint_hash)
    in_order = same.exclude(pk=customer.pk).order_by("folded_name", "pk")
    others = list(in_order.select_related("organization", "checked_with")[: _NAMED + 1])
    if len(others) > _NAMED:
        return sharing(user, [customer]).get(customer.pk), others[:_NAMED]
    return (Shared(1 + len(others), is_capped=False) if others else None), others


def paid_by_card_of(
    user: AbstractBaseUser, customers: QuerySet[Customer], org_id: str
) -> QuerySet[Customer]:
    """Those of `customers` that the card of `org_id` also pays; none if the user may not see it."""
    rows = plainly_visible(user).filter(organization__org_id=org_id)
    found = rows.values_list("fingerprint_hash", flat=True).first()
    return customers.filter(fingerprint_hash=found) if found else customers.none()


@dataclass(frozen=True, slots=True)
class InCommon:
    card: Shared | None = None
    also_paid: list[Customer] = field(default_factory=list)
    is_sent_for_others: bool = False


def in_common(user: AbstractBaseUser, customer: Customer) -> InCommon:
    if not beside(customer).has_doubles:
        return InCommon()
    return InCommon(*sharing_of(user, customer), is_sent_for_others(user, customer))
