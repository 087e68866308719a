"""Copy the database to one file while the portal is running, without browser sessions."""

import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection
from psycopg.conninfo import make_conninfo

# Django's own table still exists, but is empty since 0.4.0.
_SESSION_TABLES = {"customers_portalsession", "django_session"}


class BackupFailed(Exception):
    """No file was made; the message says why."""


def back_up(to: Path) -> None:
    """A SQLite file or a pg_restore archive, readable only by its owner. Raises BackupFailed."""
    if to.exists():
        raise BackupFailed(f"{to} exists already, and is left as it is.")
    copy = _copy_sqlite if connection.vendor == "sqlite" else _dump_postgresql
    try:
        with tempfile.NamedTemporaryFile(dir=to.parent, prefix=".backup-") as unfinished:
            copy(Path(unfinished.name))
            to.hardlink_to(unfinished.name)
    except OSError as exc:
        raise BackupFailed(f"{to} cannot be written: {exc.strerror}.") from exc


def _copy_sqlite(to: Path) -> None:
    """VACUUM drops pages that still contain deleted rows."""
    connection.ensure_connection()
    try:
        with closing(sqlite3.connect(to, isolation_level=None)) as copy:
            connection.connection.backup(copy)
            for table in _SESSION_TABLES & set(connection.introspection.table_names()):
                copy.execute(f"DELETE FROM {table}")
            copy.execute("VACUUM")
    except sqlite3.Error as exc:
        raise BackupFailed(f"SQLite could not copy the database: {exc}.") from exc


def _dump_postgresql(to: Path) -> None:
    """The password is passed in a file: other users can read command lines."""
    at: dict[str, Any] = connection.settings_dict
    with tempfile.NamedTemporaryFile("w", prefix="pgpass-") as passwords:
        password = str(at["PASSWORD"]).replace("\\", "\\\\").replace(":", "\\:")
        passwords.write(f"*:*:*:*:{password}\n")
        passwords.flush()
        address = make_conninfo(
            dbname=at["NAME"],
            user=at["USER"] or None,
            host=at["HOST"] or None,
            port=at["PORT"] or None,
            passfile=passwords.name if at["PASSWORD"] else None,
        )
        _run(
            "pg_dump",
            "--format=custom",
            "--no-owner",
            *(f"--exclude-table-data={table}" for table in _SESSION_TABLES),
            f"--file={to}",
            f"--dbname={address}",
        )


def _run(*command: str) -> None:
    try:
        subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
        )
    except FileNotFoundError as exc:
        raise BackupFailed(f"{command[0]} is not installed (postgresql-client).") from exc
    except subprocess.CalledProcessError as exc:
        raise BackupFailed(f"{command[0]} failed: {exc.stderr.strip()}") from exc
