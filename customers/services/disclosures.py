"""Record who was shown which organization's billing."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Max
from django.utils import timezone

from customers.models import Customer, View

MOST_SHOWN = 5


def record(user: AbstractBaseUser, customers: Iterable[Customer], where: str) -> None:
    """Note that `user` was shown these answers: on a page, list or overview, in an export, or by a
    command."""
    now = timezone.now()
    View.objects.bulk_create(
        [
            View(
                user_id=user.pk,
                organization_id=customer.organization_id,
                seen_at=now,
                where=where,
                checked_at=customer.checked_at,
                checked_with_id=customer.checked_with_id,
            )
            for customer in customers
        ],
        batch_size=500,
    )


def latest_viewers(organization_id: int) -> list[tuple[str, object]]:
    """Who looked at it last, each with when, the latest first."""
    seen = (
        View.objects.filter(organization_id=organization_id, user__isnull=False)
        .exclude(where__in=("list", "overview"))
        .values_list("user__username")
        .annotate(last=Max("seen_at"))
        .order_by("-last")
    )
    return [(str(name), last) for name, last in seen[:MOST_SHOWN]]
