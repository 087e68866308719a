"""A backup made while a sync writes, restored into a new place."""

import shutil
import sqlite3
import stat
import subprocess
import time
from contextlib import closing

import psycopg
import pytest

from tests.helpers.portals.databases import Database, refuses_to_change_the_log, what_is_there
from tests.operations.make_release import RELEASES

OTHER_KEY = "b3RoZXItb3RoZXItb3RoZXItb3RoZXItb3RoZXItMTI="
PATIENCE = 60
NEW_BALANCE = -7


@pytest.fixture(scope="module")
def filled(lasting_database, sandbox_process):
    """The database of a portal with Ana's credentials and everything that they show."""
    database = lasting_database("filled")
    portal = database.portal(sandbox_process)
    assert portal.run("migrate", "--verbosity=0").code == 0
    portal.make_user("ana")
    assert portal.import_all().code == 0
    assert portal.set_credentials("ana").code == 0
    assert portal.run("sync_customers").code == 0
    return database


@pytest.fixture
def live(filled, new_database, sandbox):
    return new_database("live", copy_of=filled).portal(sandbox)


def restore(file, database):
    """As docs/operations.md says."""
    if database.is_sqlite:
        shutil.copy(file, database.path)
        with closing(sqlite3.connect(database.path)) as opened:
            assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return
    subprocess.run(
        ["pg_restore", "--no-owner", "--exit-on-error", f"--dbname={database.url}", str(file)],
        check=True,
        timeout=PATIENCE,
    )


def write_on(portal, sandbox, customers):
    """A sync that finds something new at every organization, slowly; it has begun to store."""
    for customer in customers:
        sandbox.put_customer(
            customer["org_id"],
            {"object": "customer", "id": "cus_new", "account_balance": NEW_BALANCE},
        )
    sandbox.set_latency(0.5)
    before = calls(sandbox)
    writer = portal.start("sync_customers", "--max-age=0s", "--concurrency=2")
    until = time.monotonic() + PATIENCE
    while calls(sandbox) < before + 6:
        assert time.monotonic() < until, "the sync never asked"
        time.sleep(0.05)
    return writer


def calls(sandbox):
    return sum(sandbox.counts()["calls"].get("customer", {}).values())


def sign_in_again(portal):
    """The sandbox of this test knows nobody's session."""
    assert portal.set_credentials("ana").code == 0
    assert portal.run("sync_customers", "--max-age=0s").code == 0


def test_a_backup_made_while_a_sync_writes_restores_to_one_moment(
    live, sandbox, new_database, tmp_path
):
    sign_in_again(live)
    before = what_is_there(live)
    writer = write_on(live, sandbox, before["ana"]["customers"])

    file = tmp_path / "portal.backup"
    ran = live.run("back_up", str(file))
    was_writing = writer.poll() is None
    writer.terminate()
    writer.communicate(timeout=PATIENCE)
    place = new_database("restored")
    restore(file, place)
    there = what_is_there(place.portal(sandbox))

    assert (ran.code, ran.err) == (0, "")
    assert was_writing
    assert there["organizations"] == before["organizations"]
    assert pairs(there) == pairs(before)
    assert there["credentials"] == ["active"]
    assert there["ana"]["opens"] is True
    new = {row["org_id"] for row in there["ana"]["customers"] if row["balance"] == NEW_BALANCE}
    changed = {org_id for _, org_id, _ in there["ana"]["changes"]}
    assert new == changed
    assert len(new) < len(before["ana"]["customers"])
    kept = [row for row in before["ana"]["customers"] if row["org_id"] not in new]
    assert [row for row in there["ana"]["customers"] if row in kept]


def pairs(found):
    return [row[:3] for row in found["access"]]


def test_a_restored_disclosure_log_is_whole_and_guarded(live, sandbox, new_database, tmp_path):
    assert live.run("export_customers", "--user=ana").code == 0
    noted = live.run("verify_disclosures").last_line.removeprefix("head ")
    file = tmp_path / "portal.backup"
    assert live.run("back_up", str(file)).code == 0
    place = new_database("restored")

    restore(file, place)

    restored = place.portal(sandbox)
    ran = restored.run("verify_disclosures", f"--head={noted}")
    assert ran.code == 0, ran.err
    assert ran.last_line == f"head {noted}"
    assert refuses_to_change_the_log(restored)


def test_without_the_keys_restored_credentials_do_not_open(live, sandbox, new_database, tmp_path):
    file = tmp_path / "portal.backup"
    assert live.run("back_up", str(file)).code == 0
    place = new_database("restored")
    restore(file, place)

    there = what_is_there(place.portal(sandbox), CREDENTIAL_KEYS=OTHER_KEY)

    assert there["ana"]["opens"] is False
    assert len(there["ana"]["customers"]) > 20


MAKE_SESSIONS = b"""
from django.db import connection
if connection.vendor == "sqlite":
    connection.cursor().execute("PRAGMA secure_delete = OFF")  # what was deleted stays readable
from django.contrib.sessions.models import Session
from django.utils import timezone
from customers.services.accounts.session_store import SessionStore
for name in ("still-open", "signed-out"):
    session = SessionStore()
    session["mark"] = name
    session.encode = lambda data: ("the data of " + data["mark"]) * 1000  # pages of its own
    session.save()
    later = timezone.now() + timezone.timedelta(hours=1)
    Session.objects.create(session_key=name, session_data="a former one", expire_date=later)
session.delete()
from django.contrib.auth.models import User
from customers.models import OidcIdentity, ProviderSession
ana = {"user": User.objects.get(), "issuer": "https://id.example.com", "subject": "ana"}
ProviderSession.objects.create(
    identity=OidcIdentity.objects.create(**ana, linked_at=later),
    refresh_token=b"the data of a provider" * 1000,
    id_token=b"",
    began_at=later,
    renewed_at=later,
)
"""


def test_no_session_is_in_a_backup(live, new_database, sandbox, tmp_path):
    file = tmp_path / "portal.backup"
    assert live.run("shell", stdin=MAKE_SESSIONS).code == 0

    ran = live.run("back_up", str(file))
    place = new_database("restored")
    restore(file, place)

    assert (ran.code, ran.err) == (0, "")
    assert count(live.environment["DATABASE_URL"], "customers_portalsession") == 1
    for table in ("customers_portalsession", "customers_providersession", "django_session"):
        assert count(place.url, table) == 0
    left = [mark for mark in (b"the data of", b"a former one") if mark in file.read_bytes()]
    assert left == []
    assert count(place.url, "auth_user") == 1


def test_a_database_of_a_former_release_is_backed_up_too(new_database, sandbox, tmp_path):
    """As by who unpacks the new release first, and thinks of the backup then."""
    database = new_database("former")
    database.execute((RELEASES / f"0.3.0.{database.kind}.sql").read_text())

    ran = database.portal(sandbox).run("back_up", str(tmp_path / "portal.backup"))

    assert (ran.code, ran.err) == (0, "")


def count(url, table):
    database = Database(url)
    query = f"SELECT count(*) FROM {table}"
    if database.is_sqlite:
        with closing(sqlite3.connect(database.path)) as opened:
            return opened.execute(query).fetchone()[0]
    with psycopg.connect(url) as opened:
        return opened.execute(query).fetchone()[0]


def test_a_backup_is_for_its_owner_alone_and_overwrites_nothing(live, tmp_path):
    file = tmp_path / "portal.backup"

    first = live.run("back_up", str(file))
    written = file.read_bytes()
    second = live.run("back_up", str(file))

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert first.out == f"Wrote {file}, {len(written)} bytes.\n"
    assert second.code == 1
    assert "exists already" in second.err
    assert file.read_bytes() == written


def test_a_place_that_is_not_there_is_said_and_nothing_is_left_behind(live, tmp_path):
    ran = live.run("back_up", str(tmp_path / "nowhere" / "portal.backup"))

    assert ran.code == 1
    assert "cannot be written: No such file or directory." in ran.err
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".backup")] == []
