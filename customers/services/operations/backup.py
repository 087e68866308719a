"""Back up the database to one file while the portal runs, without browser sessions."""

import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection
from psycopg.conninfo import make_conninfo

# Django's own table still exists, but is empty since 0.4.0.
_SESSION_TABLES = {"customers_portalsession", "customers_providersession", "django_session"}


class BackupFailed(Exception):
    """No file was written."""


def back_up(to: Path) -> None:
    """Write a SQLite file or a pg_restore archive, private to its owner. Raises BackupFailed."""
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
    """The password goes into a file: other users can read command lines."""
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
            **_encryption(at["OPTIONS"]),
        )
        _run(
            "pg_dump",
            "--format=custom",
            "--no-owner",
            *(f"--exclude-table-data={table}" for table in _SESSION_TABLES),
            f"--file={to}",
            f"--dbname={address}",
        )


def _encryption(options: dict[str, Any]) -> dict[str, Any]:
    """The dump is as strict about the server's certificate as the portal itself."""
    if "sslpassword" in options:
        raise BackupFailed(
            "DATABASE_URL holds sslpassword, which pg_dump would show to other users of this "
            "machine. Use a client key without a passphrase, readable by the portal alone."
        )
    chosen = ("ssl", "channel_binding")
    return {name: value for name, value in options.items() if name.startswith(chosen)}


def _run(*command: str) -> None:
    try:
        subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
        )
    except FileNotFoundError as exc:
        raise BackupFailed(f"{command[0]} is not installed (postgresql-client).") from exc
    except subprocess.CalledProcessError as exc:
        raise BackupFailed(f"{command[0]} failed: {exc.stderr.strip()}") from exc
