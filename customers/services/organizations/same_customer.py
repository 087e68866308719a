"""Detect that the upstream sends one Stripe customer for several organizations, which none should
share. Answers do not name their organization (API.md), so a misdirected one looks normal."""

from django.contrib.auth.models import AbstractBaseUser

from customers.models import Customer
from customers.services.access.visible import plainly_visible


def is_sent_for_others(user: AbstractBaseUser, customer: Customer) -> bool:
    """Whether another organization that `user` may see has this customer."""
    if not customer.customer_id:
        return False
    same = plainly_visible(user).filter(customer_id=customer.customer_id)
    return same.exclude(pk=customer.pk).exists()
