"""Databases of a test's own, of the kind that the tests run on, and a portal on each."""

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.db import connection

from tests.helpers.commands import Portal
from tests.helpers.sandbox_process import SandboxProcess
from tests.operations.make_release import HERE, SETTINGS


@dataclass(frozen=True, slots=True)
class Database:
    """An empty database that is in nobody else's way, by its address."""

    url: str

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @property
    def kind(self) -> str:
        return "sqlite" if self.is_sqlite else "postgresql"

    @property
    def path(self) -> Path:
        return Path(self.url.removeprefix("sqlite:///"))

    def execute(self, sql: str) -> None:
        """Run a dump, or one statement, from outside the portal."""
        if self.is_sqlite:
            with closing(sqlite3.connect(self.path)) as opened:
                opened.executescript(sql)
            return
        with psycopg.connect(self.url, autocommit=True) as opened:
            opened.execute(sql.encode())

    def portal(self, sandbox: SandboxProcess) -> Portal:
        """The present code on this database; proofs never run out."""
        portal = Portal(self.path, sandbox)
        portal.environment |= SETTINGS | {"DATABASE_URL": self.url}
        return portal


def make_database(folder: Path, name: str) -> Database:
    if connection.vendor == "sqlite":
        return Database(f"sqlite:///{folder / name}.sqlite3")
    full_name = f"{connection.settings_dict['NAME']}_{name}"
    with psycopg.connect(_url(connection.settings_dict["NAME"]), autocommit=True) as opened:
        opened.execute(f'DROP DATABASE IF EXISTS "{full_name}" WITH (FORCE)'.encode())
        opened.execute(f'CREATE DATABASE "{full_name}"'.encode())
    return Database(_url(full_name))


def drop(database: Database) -> None:
    if database.is_sqlite:
        return
    name = database.url.rpartition("/")[2]
    with psycopg.connect(_url(connection.settings_dict["NAME"]), autocommit=True) as opened:
        opened.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


def what_is_there(portal: Portal, **more: str) -> Any:
    """What the portal's database holds and shows, by the portal's own code."""
    ran = portal.run("shell", stdin=(HERE / "what_is_there.py").read_bytes(), **more)
    assert ran.code == 0, ran.err
    return json.loads(ran.last_line)


def refuses_to_change_the_log(portal: Portal) -> bool:
    """Whether the portal's database guards its disclosure log, in which something must stand."""
    statement = "UPDATE customers_view SET purpose = 'none'"
    ran = portal.run(
        "shell",
        f"--command=from django.db import connection; connection.cursor().execute({statement!r})",
    )
    return ran.code != 0 and "The disclosure log is only ever added to." in ran.err


def _url(name: str) -> str:
    at = settings.DATABASES["default"]
    who = quote(at["USER"] or "", safe="")
    if at["PASSWORD"]:
        who += f":{quote(at['PASSWORD'], safe='')}"
    return f"postgres://{who}@{at['HOST'] or '127.0.0.1'}:{at['PORT'] or 5432}/{name}"
