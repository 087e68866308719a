from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections

from customers.management.arguments import example
from customers.models import SecurityEvent
from customers.services.accounts.security_events import record_event
from customers.services.operations.backup import BackupFailed, back_up


class Command(BaseCommand):
    help = (
        "Write a consistent copy of the whole database to FILE while the portal keeps running. "
        "FILE must not exist yet. docs/operations.md says how to restore it, and why "
        "CREDENTIAL_KEYS belong somewhere else."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        example(parser, "back_up /srv/backups/portal-$(date +%F).backup")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            back_up(options["file"])
        except BackupFailed as exc:
            raise CommandError(str(exc)) from exc
        size = options["file"].stat().st_size
        close_old_connections()  # idle while the dump was written
        with suppress(DatabaseError):  # of a former release, which has no such events
            record_event(SecurityEvent.Code.BACKED_UP, detail={"bytes": size})
        self.stdout.write(f"Wrote {options['file']}, {size} bytes.")
