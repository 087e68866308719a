"""A sync that is killed between any two of its writes: the next one stores all of it, once."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection

from customers.models import Change, Customer, Organization, SyncRun
from tests.commands.running import run
from tests.faults.shown import Desk, check_that_all_is_whole
from tests.sandbox_process import PROJECT, SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)


def database_url() -> str:
    """The address of this test's own database."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    sign_in = f"{database['USER']}:{database['PASSWORD']}"
    return f"postgres://{sign_in}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


@pytest.fixture
def killed(sandbox: SandboxProcess) -> Iterator["subprocess.Popen[str]"]:
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "billing_portal.settings",
        "SECRET_KEY": settings.SECRET_KEY,
        "CREDENTIAL_KEYS": ",".join(settings.CREDENTIAL_KEYS),
        "CATALYZE_BASE_URL": sandbox.url,
        "CATALYZE_MAX_RPS": "0",
        "DATABASE_URL": database_url(),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.killed_sync"],
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.stdin.close()


def register(org_id: str) -> Organization:
    return Organization.objects.create(org_id=org_id)


def sync_dies_at(killed: "subprocess.Popen[str]", write: int) -> bool:
    """Whether the sync came so far that it was killed there."""
    killed.stdin.write(f"{write}\n")
    killed.stdin.flush()
    said = killed.stdout.readline().strip()
    assert said in {"killed", "ended"}
    return said == "killed"


def test_a_sync_may_be_killed_in_front_of_any_write(desk: Desk, sandbox, killed):
    write = 0

    while register(desk.have_news()) and sync_dies_at(killed, write):
        again = run("sync_customers", "--max-age=0s", "--json")

        assert again.code == 0, again.err
        check_that_all_is_whole()
        desk.check_that_all_news_are_stored()
        assert not SyncRun.objects.filter(ending="").exists()
        assert not Customer.objects.filter(lease_until__isnull=False).exists()
        write += 1

    assert write > 8
    assert Change.objects.count() >= write
