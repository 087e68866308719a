"""Run a sync about six organizations, and see what was asked."""

from datetime import timedelta

from customers.models import Access, Credentials, Customer
from customers.services.sync.report import Options
from customers.services.sync.runner import Sync
from tests.helpers.rows import (
    ago,
)

HOUR = timedelta(hours=1)


def sync_of(*users, **options):
    user_ids = tuple(user.pk for user in users)
    return Sync(Options(user_ids, **{"max_age": HOUR, "concurrency": 4} | options), "the tests")


def run(*users, **options):
    return sync_of(*users, **options).run()


def calls(sandbox, org_id=None):
    """Calls of Get Customer by status."""
    return sandbox.counts(org_id)["calls"].get("customer", {})


def make_stale():
    Customer.objects.update(asked_at=ago(120), checked_at=ago(120))
    Access.objects.update(proved_at=ago(100))
    Credentials.objects.update(proves_since=ago(200))
