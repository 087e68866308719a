"""What the overview says: counts, expiry by month, latest changes, freshness."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Min
from django.utils import timezone

from customers.models import Change, Customer, Organization
from customers.services.access import visible_changes, visible_customers
from customers.services.disclosures import record
from customers.services.history import Event, events_of
from customers.services.listing import capped_count
from customers.services.worklists import WORKLISTS, Worklist, narrow

ON_TILES = 6
_LATEST = 6


@dataclass(frozen=True, slots=True)
class Freshness:
    total: int
    stale: int  # older than CUSTOMER_MAX_AGE
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class LatestChange:
    organization: Organization
    event: Event


def tiles(user: AbstractBaseUser) -> list[tuple[Worklist, int]]:
    """The first worklists, each with how many organizations are on it, capped."""
    visible = visible_customers(user)
    return [
        (worklist, capped_count(narrow(visible, worklist.key))) for worklist in WORKLISTS[:ON_TILES]
    ]


def freshness(user: AbstractBaseUser) -> Freshness:
    """How old what `user` may see is."""
    visible = visible_customers(user)
    limit = timezone.now() - settings.CUSTOMER_MAX_AGE
    return Freshness(
        capped_count(visible),
        capped_count(visible.filter(checked_at__lt=limit)),
        visible.aggregate(oldest=Min("checked_at"))["oldest"],
    )


def latest_changes(user: AbstractBaseUser) -> list[LatestChange]:
    """What changed lately among all that `user` may see the past of, the latest first."""
    latest = list(visible_changes(user).select_related("organization")[:_LATEST])
    keys = {change.organization_id for change in latest}
    by_organization: defaultdict[int, list[Change]] = defaultdict(list)
    for change in visible_changes(user).filter(organization_id__in=keys):
        by_organization[change.organization_id].append(change)
    customers = Customer.objects.select_related("organization").in_bulk(keys)
    found = [
        LatestChange(customers[key].organization, event)
        for key, changes in by_organization.items()
        for event in events_of(changes, customers[key])
    ]
    record(user, customers.values(), "overview")
    found.sort(key=lambda change: change.event.seen_at, reverse=True)
    return found[:_LATEST]
