"""Tell when the upstream sends one Stripe customer for several organizations.

Nothing in an answer names the organization (API.md), so an answer that belongs to another one
looks like any other; but then two organizations have the same customer, which none should.
"""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import BigIntegerField, CharField

from customers.database.prepared import Given, Prepared
from customers.models import Customer
from customers.services.access.visible import given_of, may_have, others_with


def is_sent_for_others(user: AbstractBaseUser, customer: Customer) -> bool:
    """Whether `user` may see another organization with this very customer; of those that they may
    not see, nothing is told."""
    if not may_have(customer, "customer_of_others"):
        return False
    same = {"customer_id": customer.customer_id, "organization": customer.pk}
    return bool(_OTHERS.ask(**given_of(user), **same))


_OTHERS = Prepared(
    lambda: others_with(
        "customer_id", Given("customer_id", CharField()), Given("organization", BigIntegerField())
    ).values_list("pk", flat=True)[:1],
    by_key=True,
)
