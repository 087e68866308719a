"""Forget what is older than it has to be kept."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser
from django.utils import timezone

from customers.management.arguments import example
from customers.services import retention
from customers.services.disclosure_chain import prune as prune_disclosures

_LONGEST_COUNT = timedelta(days=1)  # failures from before it count nowhere any more


class Command(BaseCommand):
    help = (
        "Remove changes older than CHANGE_RETENTION, entries of the disclosure log older than "
        "DISCLOSURE_RETENTION, sync runs and digests older than SYNC_RUN_RETENTION, and security "
        "events older than SECURITY_EVENT_RETENTION. The last answers stay, whatever their age, "
        "and the disclosure log can still be verified."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, and remove nothing")
        example(parser, "prune_history --dry-run")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        changes = now - settings.CHANGE_RETENTION
        disclosures = now - settings.DISCLOSURE_RETENTION
        runs = now - settings.SYNC_RUN_RETENTION
        events = now - settings.SECURITY_EVENT_RETENTION
        attempts = now - settings.SIGN_IN_PAUSE - _LONGEST_COUNT
        if options["dry_run"]:
            counts = {
                "changes": retention.old_changes(changes).count(),
                "disclosures": retention.old_disclosures(disclosures).count(),
                "sync runs": retention.old_sync_runs(runs).count(),
                "digests": retention.old_digests(runs).count(),
                "security events": retention.old_events(events).count(),
                "counts of failed sign-ins": retention.old_attempts(attempts).count(),
            }
        else:
            counts = {
                "changes": retention.prune_changes(changes),
                "disclosures": prune_disclosures(disclosures),
                "sync runs": retention.prune_rows(retention.old_sync_runs, runs),
                "digests": retention.prune_rows(retention.old_digests, runs),
                "security events": retention.prune_rows(retention.old_events, events),
                "counts of failed sign-ins": retention.prune_rows(retention.old_attempts, attempts),
            }
        verb = "would be removed" if options["dry_run"] else "removed"
        for what, count in counts.items():
            self.stdout.write(f"{count} {what} {verb}")
