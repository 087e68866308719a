"""How a user's access is proved: by answers to their own credentials, or by a permission list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F, QuerySet
from django.db.models.functions import Least

from customers.database.key_parameters import among
from customers.models import Customer, Disclosure, ListedUser
from customers.services.access.proof_rule import Lists, ShowsByOwn, uses_lists
from customers.services.access.sight import sight_of
from customers.services.access.visible import granted_proofs

_Proof = Disclosure.Proof


@dataclass(frozen=True, slots=True)
class Listing:
    """A permission list: Catalyze sent it at `seen_at` to `seen_by`, empty for a former user."""

    seen_at: datetime
    seen_by: str


def kinds_of_proof(user: AbstractBaseUser, customers: Iterable[Customer]) -> dict[int, str]:
    """By key, for customers that `user` may see, a Disclosure.Proof; an own one comes first."""
    keys = [customer.pk for customer in customers]
    if not uses_lists():
        return dict.fromkeys(keys, _Proof.OWN.value)
    own = Customer.objects.filter(ShowsByOwn(user, "pk", "is_set_up"), pk__in=among(keys))
    proved = set(own.values_list("pk", flat=True))
    return {key: (_Proof.OWN if key in proved else _Proof.LISTED).value for key in keys}


def listing_of(user: AbstractBaseUser, customer: Customer) -> Listing | None:
    """The list that shows `customer` to `user`; None if an own proof does."""
    if kinds_of_proof(user, [customer])[customer.pk] != _Proof.LISTED:
        return None
    named = _named(user, customer).select_related("organization__permissionlist__fetched_with")
    if (row := named.first()) is None:
        return None
    told = row.organization.permissionlist
    seen_by = told.fetched_with.get_username() if told.fetched_with else ""
    return Listing(told.asked_at, seen_by) if told.asked_at else None


def proof_ends(user: AbstractBaseUser, customer: Customer) -> datetime | None:
    """Until when what is proved now shows `customer`, which is one of visible_customers.
    An own proof shows a customer as long as being sent one proves access, "not set up" as long as
    any grant does; a list ends with the session that it needs."""
    own = sight_of(customer).sent_at if customer.is_set_up else _granted_at(user, customer)
    ends = [at for at in (own, _listed_at(user, customer)) if at]
    return max(ends) + settings.ACCESS_PROOF_TTL if ends else None


def _granted_at(user: AbstractBaseUser, customer: Customer) -> datetime | None:
    granted = granted_proofs(user).filter(organization_id=customer.pk)
    return granted.values_list("proved_at", flat=True).first()


def _listed_at(user: AbstractBaseUser, customer: Customer) -> datetime | None:
    at = Least(F("organization__permissionlist__asked_at"), F("user__credentials__proved_at"))
    return _named(user, customer).values_list(at, flat=True).first()


def _named(user: AbstractBaseUser, customer: Customer) -> QuerySet[ListedUser]:
    named = ListedUser.objects.filter(Lists(user, "organization_id"), user_id=user.pk)
    return named.filter(organization_id=customer.pk)
