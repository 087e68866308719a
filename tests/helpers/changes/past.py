"""Changes of some time ago, with their kinds as a check stores them."""

from datetime import timedelta

from django.utils import timezone

from customers.models import Change
from customers.services.history.change_kinds import kinds_of


def make_past_change(customer, ago, gap=timedelta(hours=6), **differences):
    """Seen so long ago, by a check that was `gap` after the one before."""
    seen_at = timezone.now() - ago
    return Change.objects.create(
        organization=customer.organization,
        after=seen_at - gap,
        seen_at=seen_at,
        differences=differences,
        **dict.fromkeys(kinds_of(differences), True),
    )
