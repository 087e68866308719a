"""Who may see what: the one place that decides.

A user sees an organization's billing only while their own credentials have proved access to it
within ACCESS_PROOF_TTL. A 400 "not set up" grants only what it says: nobody knows whether the
upstream looks at the permission or at the set-up first, so it does not show a customer that
someone else was sent later. Superusers are no exception.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from customers.models import Access, Change, Credentials, Customer


def visible_customers(user: AbstractBaseUser) -> QuerySet[Customer]:
    """The last answers that `user` may be shown."""
    floor = _oldest_valid_proof(user)
    if floor is None:
        return Customer.objects.none()
    return Customer.objects.filter(
        Q(is_set_up=False) | Q(organization__access__customer_sent_at__gte=floor),
        organization__access__user_id=user.pk,
        organization__access__state=Access.State.GRANTED,
        organization__access__proved_at__gte=floor,
    ).exclude(state=Customer.State.UNCHECKED)


def visible_changes(user: AbstractBaseUser) -> QuerySet[Change]:
    """The past that `user` may be shown: of visible organizations, where they were themselves
    once sent a customer. The latest first."""
    credentials = Credentials.objects.filter(user_id=user.pk).first()
    if credentials is None:
        return Change.objects.none()
    sent = Access.objects.filter(user_id=user.pk, customer_sent_at__gte=credentials.proves_since)
    return Change.objects.filter(
        organization__customer__in=visible_customers(user),
        organization__in=sent.values("organization"),
    ).select_related("seen_with")


def _oldest_valid_proof(user: AbstractBaseUser) -> datetime | None:
    credentials = Credentials.objects.filter(user_id=user.pk).first()
    if credentials is None:
        return None
    return max(timezone.now() - settings.ACCESS_PROOF_TTL, credentials.proves_since)
