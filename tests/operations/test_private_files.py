"""What the portal writes on a disk is for its owner alone, whatever umask it is started with."""

import os
import sqlite3
import stat
from contextlib import closing

import pytest
from django.core.mail import EmailMessage

from customers.services.operations.mail_files import EmailBackend
from tests.helpers.commands import Portal


@pytest.fixture(autouse=True)
def open_umask():
    """A umask that would let everyone read and write what is made."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def portal(tmp_path, sandbox):
    return Portal(tmp_path / "portal.sqlite3", sandbox)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    "command", [("migrate", "--verbosity=0"), ("showmigrations",), ("prune_history",)]
)
def test_whatever_makes_the_database_makes_it_for_its_owner_alone(portal, command):
    portal.run(*command)

    assert mode(portal.database) == 0o600


def test_migrate_closes_a_database_that_others_could_read(portal):
    for name in ("portal.sqlite3", "portal.sqlite3-wal", "portal.sqlite3-shm"):
        portal.database.with_name(name).touch(0o644)

    with closing(sqlite3.connect(portal.database)) as reader:  # so that -wal and -shm stay
        reader.execute("PRAGMA journal_mode=WAL")
        reader.execute("CREATE TABLE kept (number)")
        assert portal.run("migrate", "--verbosity=0").code == 0

        files = sorted(portal.database.parent.glob("portal.sqlite3*"))
        assert {file.name: oct(mode(file)) for file in files} == {
            "portal.sqlite3": "0o600",
            "portal.sqlite3-shm": "0o600",
            "portal.sqlite3-wal": "0o600",
        }


def test_a_database_that_cannot_be_opened_is_said_by_sqlite(portal, tmp_path):
    nowhere = f"sqlite:///{tmp_path}/nowhere/portal.sqlite3"

    ran = portal.run("prune_history", DATABASE_URL=nowhere)

    assert ran.code == 1
    assert "unable to open database file" in ran.err


def test_mails_in_a_folder_are_for_its_owner_alone(tmp_path):
    folder = tmp_path / "of the portal" / "mails"

    with EmailBackend(file_path=str(folder)) as backend:
        backend.send_messages([EmailMessage("News", "Text", "a@example.com", ["b@example.com"])])

    (file,) = folder.iterdir()
    assert mode(folder) == 0o700
    assert mode(file) == 0o600
    assert "News" in file.read_text()


def test_a_folder_that_is_there_keeps_its_mode(tmp_path):
    tmp_path.chmod(0o755)

    with EmailBackend(file_path=str(tmp_path)):
        pass

    assert mode(tmp_path) == 0o755
    assert [mode(file) for file in tmp_path.iterdir()] == [0o600]


def test_a_command_writes_mails_where_the_address_says(portal, tmp_path):
    assert portal.run("migrate", "--verbosity=0").code == 0
    folder = tmp_path / "mails"

    ran = portal.run("sendtestemail", "ana@staff.example", EMAIL_URL=f"filemail://{folder}")

    assert (ran.code, ran.err) == (0, "")
    assert [mode(file) for file in folder.iterdir()] == [0o600]
