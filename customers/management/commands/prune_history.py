"""Delete what is past its retention."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from customers.management.arguments import example
from customers.services.disclosures.chain import ChainBroken
from customers.services.disclosures.pruning import StillKept
from customers.services.disclosures.pruning import prune as prune_disclosures
from customers.services.operations import retention

_LONGEST_COUNT = timedelta(days=1)  # older failures no longer count anywhere


class Command(BaseCommand):
    help = (
        "Remove changes older than CHANGE_RETENTION, entries of the disclosure log older than "
        "DISCLOSURE_RETENTION, sync runs and digests older than SYNC_RUN_RETENTION, and security "
        "events older than SECURITY_EVENT_RETENTION. The last known state of every organization is "
        "kept, and the disclosure log can still be verified."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, but remove nothing")
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
            gone = _pruned_disclosures(disclosures)  # first, since the database may refuse
            counts = {
                "changes": retention.prune_changes(changes),
                "disclosures": gone,
                "sync runs": retention.prune_rows(retention.old_sync_runs, runs),
                "digests": retention.prune_rows(retention.old_digests, runs),
                "security events": retention.prune_rows(retention.old_events, events),
                "counts of failed sign-ins": retention.prune_rows(retention.old_attempts, attempts),
            }
        verb = "would be removed" if options["dry_run"] else "removed"
        for what, count in counts.items():
            self.stdout.write(f"{count} {what} {verb}")


def _pruned_disclosures(before: datetime) -> int:
    try:
        return prune_disclosures(before)
    except (ChainBroken, StillKept) as exc:
        raise CommandError(str(exc)) from exc
