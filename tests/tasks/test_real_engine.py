"""`--distribute` on the real engine: a worker process of Celery, Redis, and PostgreSQL."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
import redis
from django.db import connection

from customers.models import Access, Customer, Organization, SyncRun
from tests.helpers.sandbox_process import PROJECT

BROKER = "redis://127.0.0.1:6379/13"
PATIENCE = 90


def is_there():
    try:
        return redis.Redis.from_url(BROKER).ping()
    except redis.ConnectionError:
        return False


pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="only on PostgreSQL"),
    pytest.mark.skipif(
        not os.environ.get("REQUIRE_REDIS") and not is_there(), reason="Redis does not run here"
    ),
]


@pytest.fixture
def environment(sandbox):
    url = urlsplit(os.environ["DATABASE_URL"])
    database = urlunsplit(url._replace(path=f"/{connection.settings_dict['NAME']}"))
    redis.Redis.from_url(BROKER).flushdb()
    return os.environ | {
        "DATABASE_URL": database,
        "CELERY_BROKER_URL": BROKER,
        "CATALYZE_BASE_URL": sandbox.url,
        "DJANGO_SETTINGS_MODULE": "billing_portal.settings",
    }


@pytest.fixture
def worker(environment):
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "billing_portal.celery", "worker"]
        + ["--concurrency=1", "--loglevel=ERROR", "--without-mingle", "--without-gossip"],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield process
    process.terminate()
    process.wait(timeout=PATIENCE)


@pytest.fixture
def organizations(signed_in_ana, sandbox):
    known = [Organization(org_id=row["org_id"]) for row in sandbox.organizations()]
    return Organization.objects.bulk_create(known)


def test_a_batch_whose_worker_is_killed_is_done_later_and_nothing_twice(
    organizations, environment, worker, sandbox
):
    sandbox.set_latency(0.15)
    distribute(environment)
    wait_until(lambda: calls(sandbox) >= 12)

    for child in children_of(worker.pid):
        os.kill(child, signal.SIGKILL)

    wait_until(lambda: SyncRun.objects.filter(ending="complete").exists())
    assert SyncRun.objects.filter(ending="lost").count() == 1
    assert Access.objects.count() == Customer.objects.count() == len(organizations)
    assert not Customer.objects.filter(lease_until__isnull=False).exists()
    assert calls(sandbox) <= len(organizations) + 40  # only what the killed one had in hand


def distribute(environment):
    sent = subprocess.run(
        [sys.executable, "manage.py", "sync_customers", "--distribute", "--concurrency=4"],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert sent.returncode == 0, sent.stderr.decode()


def calls(sandbox):
    return sum(sandbox.counts()["calls"].get("customer", {}).values())


def children_of(number):
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == number:
            found.append(int(stat.parent.name))
    assert found, "the worker has no child to kill"
    return found


def wait_until(is_so):
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until, "it never came to that"
        time.sleep(0.1)
