"""Until when a user's proof of access shows an answer."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser

from customers.models import Access, Customer
from customers.services.access.sight import sight_of


def proof_ends(user: AbstractBaseUser, customer: Customer) -> datetime | None:
    """`customer` is one of visible_customers. A customer is shown as long as being sent one proves
    access, "not set up" as long as any grant does."""
    proved_at = sight_of(customer).sent_at if customer.is_set_up else _granted_at(user, customer)
    return proved_at + settings.ACCESS_PROOF_TTL if proved_at else None


def _granted_at(user: AbstractBaseUser, customer: Customer) -> datetime | None:
    granted = Access.objects.filter(
        user_id=user.pk, organization_id=customer.pk, state=Access.State.GRANTED
    )
    return granted.values_list("proved_at", flat=True).first()
