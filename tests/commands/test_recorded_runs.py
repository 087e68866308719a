"""manage.py records the commands of the schedule: when they began, and how they ended."""

import shutil
import signal
import sqlite3
import time
from contextlib import closing

import pytest

from tests.helpers.commands import Portal


@pytest.fixture(scope="module")
def portal(tmp_path_factory, sandbox_process):
    portal = Portal(tmp_path_factory.mktemp("recorded") / "portal.sqlite3", sandbox_process)
    assert portal.run("migrate", "--verbosity=0").code == 0
    return portal


def runs(portal):
    with closing(sqlite3.connect(portal.database)) as database:
        rows = database.execute(
            "SELECT command, ended_at IS NOT NULL, exit_code FROM customers_commandrun ORDER BY id"
        )
        return list(rows)[1:]  # after the `migrate` that recording began with


def test_scheduled_commands_are_recorded_with_their_exit_codes(portal):
    before = len(runs(portal))

    for words in (
        ["clearsessions"],
        ["sync_customers"],
        ["sync_customers", "--nonsense"],
        ["prune_history", "--dry-run"],
        ["send_digest", "--help"],
        ["list_api_tokens"],
    ):
        portal.run(*words)

    assert runs(portal)[before:] == [
        ("clearsessions", 1, 0),
        ("sync_customers", 1, 1),  # nobody has credentials
        ("sync_customers", 1, 2),
    ]


def test_a_killed_run_has_no_end(portal, tmp_path):
    crontab = tmp_path / "crontab"
    crontab.write_text("0 4 * * *  manage.py export_disclosures --follow\n")
    portal.environment["CRONTAB"] = str(crontab)
    before = len(runs(portal))

    killed = portal.start("export_disclosures", "--follow")
    while killed.poll() is None and len(runs(portal)) == before:
        time.sleep(0.05)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()

    assert runs(portal)[before:] == [("export_disclosures", 0, None)]


@pytest.mark.parametrize(
    "broken", ["", "nowhere"], ids=["a database without tables", "settings that cannot be used"]
)
def test_what_cannot_be_recorded_changes_no_command(portal, tmp_path, broken):
    empty = Portal(tmp_path / "empty.sqlite3", portal.sandbox)

    ran = empty.run("clearsessions", CATALYZE_BASE_URL=broken or portal.sandbox.url)
    helped = empty.run("help", CATALYZE_BASE_URL=broken or portal.sandbox.url)

    assert ran.code == 1
    assert ("cannot be used" if broken else "run: python manage.py migrate") in ran.err
    assert "Traceback" not in ran.err
    assert helped.code == 0


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("DROP TABLE customers_commandrun", ""),  # a former release, before `migrate`
        (
            "CREATE TRIGGER no BEFORE INSERT ON customers_commandrun "
            "BEGIN SELECT RAISE(ABORT, 'no'); END",
            "Not recorded that clearsessions began: IntegrityError",
        ),
    ],
    ids=["no table", "refused"],
)
def test_a_run_that_cannot_be_recorded_does_its_work(portal, tmp_path, broken, said):
    other = Portal(tmp_path / "other.sqlite3", portal.sandbox)
    shutil.copy(portal.database, other.database)
    with closing(sqlite3.connect(other.database)) as database:
        database.execute(broken)

    ran = other.run("clearsessions")

    assert (ran.code, ran.out) == (0, "")
    assert said in ran.err
    assert bool(said) == bool(ran.err)
