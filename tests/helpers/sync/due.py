"""What is due in a scope, and when it was checked."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from customers.services.sync.due import SyncScope
from tests.helpers.rows import (
    ago,
    grant,
    make_customer,
    make_organization,
)

HOUR = timedelta(hours=1)
RUNS = count(1)


def scope_of(*users, org_ids=(), is_only_due=False):
    return SyncScope(
        run_id=next(RUNS),
        started_at=timezone.now(),
        user_ids=tuple(user.pk for user in users),
        org_ids=tuple(org_ids),
        is_only_due=is_only_due,
        max_age=HOUR,
    )


def checked(org_id, minutes, *users, **facts):
    """An organization checked `minutes` ago, with a fresh proof for each user."""
    organization = make_organization(org_id)
    at = ago(minutes)
    for user in users:
        grant(user, organization)
    return make_customer(organization, **{"asked_at": at, "checked_at": at} | facts)
