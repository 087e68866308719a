"""Faults that only one kind of database can have; see faults.py."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from customers.services.diagnosis import database_setup
from tests.helpers.diagnosis.breaking import setting
from tests.helpers.diagnosis.faults import Fault


def assume_autovacuum(monkeypatch: pytest.MonkeyPatch) -> None:
    """Servers for tests often have it off, and no session can turn it on."""
    read = database_setup.read_server_facts
    facts = "customers.services.diagnosis.database_setup.read_server_facts"
    monkeypatch.setattr(facts, lambda: replace(read(), has_autovacuum=True))


@contextmanager
def file_is_open(_installation: Any) -> Iterator[None]:
    file = Path(connection.settings_dict["NAME"])
    file.chmod(0o604)
    yield
    file.chmod(0o600)


def has_no_autovacuum(_installation: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE customers_failedattempts SET (autovacuum_enabled = off)")


def is_on_another_machine(installation: Any) -> None:
    """The connection stays open, and is not encrypted."""
    installation.monkeypatch.setitem(connection.settings_dict, "HOST", "db.example.com")


OF_A_BACKEND = {
    "sqlite": {
        "an open database file": Fault(file_is_open, "files", "problem", "(mode 0604)"),
        "SQLite for several machines": Fault(
            setting(CELERY_BROKER_URL="redis://10.0.0.7:6379/0"),
            *("settings", "warning", "but the database is SQLite"),
        ),
    },
    "postgresql": {
        "no autovacuum": Fault(
            has_no_autovacuum, "autovacuum", "problem", "switched off for some tables (1)"
        ),
        "an open connection": Fault(
            is_on_another_machine, "database_tls", "problem", "is not encrypted"
        ),
    },
}[connection.vendor]
