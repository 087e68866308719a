"""Separate databases on the tested backend, and a portal on each."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.db import connection

from tests.helpers.commands import Portal
from tests.helpers.sandbox_process import SandboxProcess
from tests.operations.make_release import HERE, RELEASES, SETTINGS

_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    "postgresql": "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
}


@dataclass(frozen=True, slots=True)
class Database:
    """An empty database and its URL."""

    url: str

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @property
    def kind(self) -> str:
        return "sqlite" if self.is_sqlite else "postgresql"

    @property
    def name(self) -> str:
        return self.url.rpartition("/")[2]

    @property
    def path(self) -> Path:
        return Path(self.url.removeprefix("sqlite:///"))

    def execute(self, sql: str) -> None:
        """Run a dump or a statement outside of the portal."""
        if self.is_sqlite:
            with closing(sqlite3.connect(self.path)) as opened:
                opened.executescript(sql)
            return
        with psycopg.connect(self.url, autocommit=True) as opened:
            opened.execute(sql.encode())

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """What a query finds, each row by the names of its columns."""
        if self.is_sqlite:
            with closing(sqlite3.connect(self.path)) as opened:
                return _named(opened.execute(sql))
        with psycopg.connect(self.url) as opened:
            return _named(opened.execute(sql.encode()))

    def tables(self) -> dict[str, list[dict[str, Any]]]:
        """Every row of every table."""
        names = self.rows(_TABLES[self.kind])
        return {row["name"]: self.rows(f'SELECT * FROM "{row["name"]}"') for row in names}

    def portal(self, sandbox: SandboxProcess) -> Portal:
        """The current code on this database; proofs never expire."""
        portal = Portal(self.path, sandbox)
        portal.environment |= SETTINGS | {"DATABASE_URL": f"{self.url}{pooler_options()}"}
        return portal


@contextmanager
def databases_in(folder: Path) -> Iterator[Callable[..., Database]]:
    """Makes databases by name, empty or as a copy of another; dropped at the end."""
    made = []

    def make(name: str, copy_of: Database | None = None) -> Database:
        made.append(_make(folder, name, copy_of))
        return made[-1]

    yield make
    for database in made:
        if not database.is_sqlite:
            _on_server(_DROP.format(database.name))


_DROP = 'DROP DATABASE IF EXISTS "{}" WITH (FORCE)'


def _make(folder: Path, name: str, copy_of: Database | None) -> Database:
    if connection.vendor == "sqlite":
        database = Database(f"sqlite:///{folder / name}.sqlite3")
        if copy_of:
            shutil.copy(copy_of.path, database.path)
        return database
    full_name = f"{connection.settings_dict['NAME']}_{name}"
    template = copy_of.name if copy_of else "template1"
    _on_server(_DROP.format(full_name), f'CREATE DATABASE "{full_name}" TEMPLATE "{template}"')
    return Database(_url(full_name))


def _on_server(*statements: str) -> None:
    with psycopg.connect(_url(connection.settings_dict["NAME"]), autocommit=True) as opened:
        for statement in statements:
            opened.execute(statement.encode())


def of_release(database: Database, version: str) -> None:
    """Make the empty database what a release had left; see make_release.py."""
    database.execute((RELEASES / f"{version}.{database.kind}.sql").read_text())


def upgrade(database: Database, sandbox: SandboxProcess) -> Portal:
    portal = database.portal(sandbox)
    ran = portal.run("migrate", "--verbosity=0")
    assert (ran.code, ran.err) == (0, "")
    return portal


def what_is_there(portal: Portal, **more: str) -> Any:
    ran = portal.run("shell", stdin=(HERE / "what_is_there.py").read_bytes(), **more)
    assert ran.code == 0, ran.err
    return json.loads(ran.last_line)


def refuses_to_change_the_log(portal: Portal) -> bool:
    """Needs at least one entry in the disclosure log."""
    statement = "UPDATE customers_disclosure SET purpose = 'none'"
    ran = portal.run(
        "shell",
        f"--command=from django.db import connection; connection.cursor().execute({statement!r})",
    )
    return ran.code != 0 and "The disclosure log is only ever added to." in ran.err


def pooler_options() -> str:
    """What the portal's own address of a database ends with where the tests go through a pooler."""
    is_pooled = settings.DATABASES["default"].get("DISABLE_SERVER_SIDE_CURSORS")
    return "?DISABLE_SERVER_SIDE_CURSORS=true" if is_pooled else ""


def _named(cursor: Any) -> list[dict[str, Any]]:
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _url(name: str) -> str:
    at = settings.DATABASES["default"]
    who = quote(at["USER"] or "", safe="")
    if at["PASSWORD"]:
        who += f":{quote(at['PASSWORD'], safe='')}"
    return f"postgres://{who}@{at['HOST'] or '127.0.0.1'}:{at['PORT'] or 5432}/{name}"
