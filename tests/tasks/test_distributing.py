"""sync_customers --distribute: batches go to a real worker of Celery, and are checked there."""

import json
import time
from io import StringIO

import pytest
from celery.contrib.testing.worker import start_worker
from django.core.management import CommandError, call_command

from billing_portal.celery import app
from customers.models import Customer, Organization, SyncRun
from customers.tasks import check_batch

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def organizations(signed_in_ana, sandbox):
    known = [Organization(org_id=row["org_id"]) for row in sandbox.organizations()]
    return Organization.objects.bulk_create(known)


def distribute(**options):
    out = StringIO()
    call_command("sync_customers", distribute=True, json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def test_without_a_broker_it_says_which_setting_is_missing(organizations, settings):
    settings.CELERY_BROKER_URL = ""

    with pytest.raises(CommandError, match="CELERY_BROKER_URL is not set"):
        distribute()


def test_what_is_due_is_checked_by_a_worker(organizations, sandbox):
    sent = distribute()

    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        wait_for_runs(1)

    assert sent == {"due": len(organizations), "batches": 1}
    assert SyncRun.objects.get().ending == "complete"
    assert sum(SyncRun.objects.get().counts.values()) == len(organizations)
    assert Customer.objects.exclude(state="unchecked").count() > 40


def test_a_batch_that_comes_twice_is_asked_about_once(organizations, signed_in_ana, sandbox):
    org_ids = [organization.org_id for organization in organizations]
    options = {"user_ids": [signed_in_ana.pk], "max_age": 900, "concurrency": 4, "max_rps": 0}
    check_batch(org_ids, options)
    asked = sandbox.counts()["calls"]["customer"]

    check_batch(org_ids, options)

    assert sandbox.counts()["calls"]["customer"] == asked


def wait_for_runs(count):
    """Return once that many runs have ended; the test's own time limit is the worker's."""
    for _ in range(600):
        if SyncRun.objects.exclude(ending="").count() >= count:
            return
        time.sleep(0.05)
