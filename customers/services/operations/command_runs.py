"""Record when a command began and how it ended. What cannot be recorded stops no command."""

import logging
from datetime import datetime

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.db.models import OuterRef, QuerySet
from django.utils import timezone

from customers.models import CommandRun

logger = logging.getLogger(__name__)
_REFUSED = (DatabaseError, InterfaceError)


def record_begin(command: str) -> CommandRun | None:
    try:
        return CommandRun.objects.create(command=command, began_at=timezone.now())
    except _REFUSED as exc:
        _warn("began", command, exc)
        return None


def record_end(run: CommandRun, exit_code: int) -> None:
    run.ended_at, run.exit_code = timezone.now(), exit_code
    close_old_connections()  # the command may have left its own idle for long
    try:
        run.save(update_fields=("ended_at", "exit_code"))
    except _REFUSED as exc:
        _warn("ended", run.command, exc)


def old_runs(before: datetime) -> QuerySet[CommandRun]:
    """Keeps what schedule.py reads: each command's last end and success. So the first run stays,
    which is the only one of `migrate`."""
    same = CommandRun.objects.filter(command=OuterRef("command")).order_by("-ended_at", "-pk")
    last = same.filter(ended_at__isnull=False).values("pk")[:1]
    succeeded = same.filter(exit_code=0).values("pk")[:1]
    old = CommandRun.objects.filter(began_at__lt=before)
    return old.exclude(pk__in=last).exclude(pk__in=succeeded)


def _warn(what: str, command: str, error: Exception) -> None:
    if _has_table():
        logger.warning("Not recorded that %s %s: %s", command, what, type(error).__name__)


def _has_table() -> bool:
    """Not before `migrate`, when an upgrade backs up the database of the former release."""
    try:
        return CommandRun._meta.db_table in connection.introspection.table_names()
    except _REFUSED:
        return True
