"""Tell when the upstream sends one Stripe customer for several organizations.

Nothing in an answer names the organization (API.md), so an answer that belongs to another one
looks like any other; but then two organizations have the same customer, which none should.
"""

from django.contrib.auth.models import AbstractBaseUser

from customers.models import Customer
from customers.services.access.visible import visible_customers


def is_sent_for_others(user: AbstractBaseUser, customer: Customer) -> bool:
    """Whether `user` may see another organization with this very customer; of those that they may
    not see, nothing is told."""
    if not customer.customer_id:
        return False
    same = visible_customers(user).filter(customer_id=customer.customer_id)
    return same.exclude(pk=customer.pk).exists()
