"""Whether answers meet the freshness objective: how many do not, and the oldest."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from customers.database.capped_counts import capped_count
from customers.models import Access, Credentials, Customer, ListedUser, PermissionList
from customers.services.access.proof_rule import uses_lists
from customers.services.access.visible import plainly_visible


@dataclass(frozen=True, slots=True)
class Missed:
    """`oldest` is None if an organization has no answer at all."""

    count: int
    oldest: datetime | None


def missed_by_anyone(objective: timedelta) -> Missed:
    """Counts organizations proved to working credentials, and those not asked about yet."""
    return _missed(_askable(), objective)


def count_late(objective: timedelta) -> int:
    """The same count, without the cap that pages have."""
    return _late(_askable(), objective).count()


def _askable() -> QuerySet[Customer]:
    asking = [row for row in Credentials.objects.filter(user__is_active=True) if row.may_ask]
    own = Q(pk__in=[])
    for row in asking:
        own |= Q(user_id=row.user_id, proved_at__gte=row.proves_since)
    proofs = Access.objects.filter(own, organization_id=OuterRef("pk"))
    askable = Q(Exists(proofs.filter(state=Access.State.GRANTED)))
    untried = Q(~Exists(proofs))
    if uses_lists():
        told = PermissionList.objects.filter(organization_id=OuterRef("pk"), asked_at__isnull=False)
        named = ListedUser.objects.filter(organization_id=OuterRef("pk"))
        askable |= Q(Exists(named.filter(user_id__in=[row.user_id for row in asking])))
        untried &= Q(~Exists(told))
    if asking:
        askable |= Q(checked_at=None) & untried
    return Customer.objects.filter(askable)


def missed_for(user: AbstractBaseUser, objective: timedelta) -> Missed:
    return _missed(plainly_visible(user), objective)


def _missed(customers: QuerySet[Customer], objective: timedelta) -> Missed:
    late = _late(customers, objective)
    count = capped_count(late)
    if not count or late.filter(checked_at=None).exists():
        return Missed(count, None)
    return Missed(count, late.aggregate(oldest=Min("checked_at"))["oldest"])


def _late(customers: QuerySet[Customer], objective: timedelta) -> QuerySet[Customer]:
    limit = timezone.now() - objective
    return customers.filter(Q(checked_at=None) | Q(checked_at__lt=limit))
