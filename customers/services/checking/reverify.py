"""Verify before alarming: check again what a list of expiring cards is about to show."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from customers.models import Customer
from customers.services.access.clock_ahead import latest_credible
from customers.services.checking.check_many import Checked, check_many
from customers.services.credentials.store import SESSION_ENDED, CredentialsUnusable, has_ended

# Most expiring cards are renewed by their issuers, so what these lists say is soon out of date.
REVERIFIED = frozenset({"expired", "expires-this-month", "expiring"})
WITHIN = 4.0  # seconds that a list waits for Catalyze
_LEASE = timedelta(seconds=30)


def reverify(user: AbstractBaseUser, customers: Sequence[Customer]) -> Checked:
    """Check stale ones; none twice within CUSTOMER_MAX_AGE, even if Catalyze did not answer."""
    stale = [customer.pk for customer in customers if _is_due(customer)]
    if not stale:
        return Checked()
    if has_ended(user):
        return Checked(trouble=SESSION_ENDED)
    with _claimed(stale) as claimed:
        org_ids = [row.organization.org_id for row in customers if row.pk in claimed]
        try:
            return check_many(user, org_ids, WITHIN) if org_ids else Checked()
        except CredentialsUnusable as exc:
            return Checked(trouble=exc.message)


def _is_due(customer: Customer) -> bool:
    limit = timezone.now() - settings.CUSTOMER_MAX_AGE
    times = (customer.checked_at, customer.attempted_at)
    return all(at is None or at < limit or at > latest_credible() for at in times)


@contextmanager
def _claimed(keys: list[int]) -> Iterator[set[int]]:
    now = timezone.now()
    free = Customer.objects.filter(Q(lease_until=None) | Q(lease_until__lt=now), pk__in=keys)
    with transaction.atomic():
        claimed = set(
            free.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)
        )
        Customer.objects.filter(pk__in=claimed).update(lease_until=now + _LEASE)
    try:
        yield claimed
    finally:
        Customer.objects.filter(pk__in=claimed).update(lease_until=None)
