"""What breaks an installation, one thing at a time."""

import os
from collections.abc import Callable
from typing import Any

from cryptography.fernet import Fernet
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from customers.models import (
    CommandRun,
    Customer,
    HeldAnswer,
    Organization,
    PermissionList,
    SecurityEvent,
    SyncRun,
)
from customers.services.disclosures import triggers
from tests.helpers.access.lists import LISTED
from tests.helpers.commands import run
from tests.helpers.rows import ago

CODE = SecurityEvent.Code


def setting(**values: Any) -> Callable[[Any], None]:
    def breaks(installation: Any) -> None:
        for name, value in values.items():
            setattr(installation.settings, name, value)

    return breaks


def new_key(*, keeps_old: bool) -> Callable[[Any], None]:
    def breaks(installation: Any) -> None:
        old = installation.settings.CREDENTIAL_KEYS if keeps_old else []
        installation.settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode(), *old]

    return breaks


def rows(change: Callable[[], Any]) -> Callable[[Any], None]:
    def breaks(_installation: Any) -> None:
        change()

    return breaks


def hold_an_answer() -> None:
    HeldAnswer.objects.create(
        customer=Customer.objects.first(),
        is_held=True,
        **dict.fromkeys(("since", "asked_at", "answered_at"), ago(30)),
    )


def listed(change: Callable[[], Any]) -> Callable[[Any], None]:
    """Permission lists prove access, and one was read."""

    def breaks(installation: Any) -> None:
        installation.settings.ACCESS_PROOFS = LISTED
        at = ago(30)
        PermissionList.objects.create(
            organization=Organization.objects.first(), asked_at=at, attempted_at=at
        )
        change()

    return breaks


def last_sync(**values: Any) -> Callable[[Any], None]:
    return rows(lambda: SyncRun.objects.update(**values))


def signed_in_from(address: str | None) -> Callable[[Any], None]:
    events = SecurityEvent.objects.filter(code=CODE.SIGNED_IN)
    return rows(lambda: events.all().update(ip_address=address))


def no_backup(installation: Any) -> None:
    """For two days, while the schedule has it made every night."""
    crontab = installation.folder / "crontab"
    crontab.write_bytes(installation.settings.CRONTAB.read_bytes())
    os.utime(crontab, 2 * (ago(2 * 24 * 60).timestamp(),))
    installation.settings.CRONTAB = crontab
    CommandRun.objects.create(
        command="back_up", began_at=ago(2 * 24 * 60), ended_at=ago(2 * 24 * 60), exit_code=0
    )


def not_collected(installation: Any) -> None:
    """Into an empty folder, by the storage of production."""
    settings = installation.settings
    backend = "customers.dashboard.static_files.CollectedStaticFiles"
    settings.STATIC_ROOT = installation.folder / "static"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": backend}}


def env_is_open(installation: Any) -> None:
    (installation.folder / ".env").chmod(0o644)


def bundle_is_open(installation: Any) -> None:
    bundle = installation.folder / "ca.pem"
    bundle.touch()
    bundle.chmod(0o666)
    installation.settings.CATALYZE_CA_BUNDLE = str(bundle)


def key_file_is_open(installation: Any) -> None:
    key = installation.folder / "secret_key"
    key.touch()
    key.chmod(0o644)
    installation.settings.SECRET_FILES = [key]


def disk_is_full(installation: Any) -> None:
    """Less is free than is needed, because more is needed than there is."""
    installation.monkeypatch.setattr("customers.services.diagnosis.disk.NEEDED", 2**60)


def lacks_a_migration(_installation: Any) -> None:
    recorder = MigrationRecorder(connection)
    name = max(name for app, name in recorder.applied_migrations() if app == "customers")
    recorder.record_unapplied("customers", name)


def was_migrated_by_a_later_release(_installation: Any) -> None:
    MigrationRecorder(connection).record_applied("customers", "9999_of_tomorrow")


def log_was_altered(_installation: Any) -> None:
    """By somebody who may do everything in the database; it is noticed at the next look."""
    triggers.drop()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE customers_disclosure SET purpose = 'none'")
    triggers.restore()
    assert run("verify_disclosures").code == 1
