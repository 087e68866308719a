"""Make the databases of a release that upgrades are tried from, and note what it showed of them.

    git worktree add ../release af73974
    python -m tests.operations.make_release ../release 0.1.0 postgres://postgres@127.0.0.1/EMPTY

The data is the sandbox's, the key that of .env.example. For each kind of database there is a dump
as SQL, and what_is_there.py's answer by the release's own code, in tests/operations/releases/.
"""

import csv
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from tests.helpers.sandbox_process import SandboxProcess

HERE = Path(__file__).parent
RELEASES = HERE / "releases"
VERSIONS = ("0.1.0", "0.2.0", "0.3.0")
# So that the proofs in a dump never run out.
SETTINGS = {
    "SECRET_KEY": "change-me-change-me-change-me-change-me-change-me-1",
    "CREDENTIAL_KEYS": "Y2hhbmdlLW1lLWNoYW5nZS1tZS1jaGFuZ2UtbWUtMTI=",
    "CATALYZE_MAX_RPS": "0",
    "ACCESS_PROOF_TTL": "36500d",
}
# By the release's own copy, for the names of rooms and rows change.
_WHAT_IS_THERE = "tests/operations/what_is_there.py"
_USERS = (
    "from django.contrib.auth.models import Group, User\n"
    "for name in ('ana', 'ben'):\n"
    "    user = User.objects.create_user(name, is_staff=True)\n"
    "    user.groups.add(Group.objects.get(name='Support'))\n"
)
_NOTE = (
    "from django.contrib.auth.models import User\n"
    "from customers.models import Organization\n"
    "from customers.services.organizations.notes import add_note\n"
    "add_note(User.objects.get(username='ana'), Organization.objects.first(), 'They called.', '')\n"
)


class Release:
    """A checkout of a release's code on a database of its own."""

    def __init__(self, checkout: Path, database_url: str, sandbox: SandboxProcess) -> None:
        self._checkout = checkout
        self._sandbox = sandbox
        self._environment = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": database_url,
            "CATALYZE_BASE_URL": sandbox.url,
            **SETTINGS,
        }

    def run(self, *arguments: str, stdin: bytes = b"", **more: str) -> bytes:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=self._checkout,
            env=self._environment | more,
            input=stdin,
            stdout=subprocess.PIPE,
            check=True,
        ).stdout

    def fill(self) -> None:
        """Two users, what they may see, and a few changes."""
        self.run("migrate", "--verbosity=0")
        self.run("shell", stdin=_USERS.encode())
        listed = self._sandbox.control("GET", "organizations.csv").content
        self.run("import_organizations", "-", stdin=listed)
        for name in ("ana", "ben"):
            self.run(
                "set_credentials",
                name,
                CATALYZE_API_KEY=self._sandbox.api_key,
                CATALYZE_SESSION_TOKEN=self._sandbox.sign_in(name),
            )
        self.run("sync_customers")
        org_ids = [row["org_id"] for row in csv.DictReader(listed.decode().splitlines())]
        self._sandbox.delete_customer(org_ids[0])
        self._sandbox.put_customer(
            org_ids[1], {"object": "customer", "id": "cus_other", "delinquent": True}
        )
        self.run("sync_customers", "--max-age=0s")
        self.run("shell", stdin=_NOTE.encode())
        self.run("export_customers", "--user=ana")

    def found(self) -> str:
        out = self.run("shell", stdin=(self._checkout / _WHAT_IS_THERE).read_bytes())
        return json.dumps(json.loads(out.splitlines()[-1]), indent=1) + "\n"


def make(checkout: Path, version: str, postgresql: str) -> None:
    RELEASES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "portal.sqlite3"
        _make(checkout, f"{version}.sqlite", f"sqlite:///{database}")
        with closing(sqlite3.connect(database)) as connection:
            dump = "\n".join(connection.iterdump())
    (RELEASES / f"{version}.sqlite.sql").write_text(f"{dump}\n")
    _make(checkout, f"{version}.postgresql", postgresql)
    dumped = subprocess.run(
        ["pg_dump", "--inserts", "--no-owner", "--no-privileges", postgresql],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout
    # What begins with a backslash is for psql alone.
    lines = [line for line in dumped.splitlines() if not line.startswith("\\")]
    (RELEASES / f"{version}.postgresql.sql").write_text("\n".join(lines) + "\n")


def _make(checkout: Path, name: str, database_url: str) -> None:
    with SandboxProcess("--organizations", "12") as sandbox:
        release = Release(checkout, database_url, sandbox)
        release.fill()
        (RELEASES / f"{name}.json").write_text(release.found())


if __name__ == "__main__":
    make(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
