from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet
from django.utils import timezone

from customers.management.arguments import example
from customers.models import SecurityEvent
from customers.services.accounts.security_events import record_event
from customers.services.audit.chain_events import record_broken
from customers.services.disclosures.chain import ChainBroken
from customers.services.disclosures.pruning import StillKept
from customers.services.disclosures.pruning import prune as prune_disclosures
from customers.services.drafts.drafts import lapsed_drafts
from customers.services.operations import retention
from customers.services.operations.command_runs import old_runs
from customers.services.organizations.import_uploads import lapsed_uploads
from customers.services.tokens.stored_tokens import old_tokens

_LONGEST_COUNT = timedelta(days=1)  # older failures count nowhere
_OldRows = Callable[[datetime], QuerySet[Any]]


class Command(BaseCommand):
    help = (
        "Remove changes older than CHANGE_RETENTION, entries of the disclosure log older than "
        "DISCLOSURE_RETENTION, runs of syncs and other scheduled commands, and digests, older than "
        "SYNC_RUN_RETENTION, security events, and shared views and API tokens that ended, older "
        "than SECURITY_EVENT_RETENTION, pasted lists older than 30 days, drafts older than half an "
        "hour, and imports not confirmed within an hour. The last known state of every "
        "organization is kept, and the disclosure log can still be verified."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, but remove nothing")
        example(parser, "prune_history --dry-run")

    def handle(self, *args: Any, **options: Any) -> None:
        old = _old_rows(timezone.now())
        if options["dry_run"]:
            counts = {what: rows(before).count() for what, (rows, before) in old.items()}
        else:
            # Disclosures first, since the database may refuse.
            gone = _pruned_disclosures(old["disclosures"][1])
            counts = {what: _pruned(rows, before, gone) for what, (rows, before) in old.items()}
            _record(gone, counts["security events"])
        verb = "would be removed" if options["dry_run"] else "removed"
        for what, count in counts.items():
            self.stdout.write(f"{count} {what} {verb}")


def _old_rows(now: datetime) -> dict[str, tuple[_OldRows, datetime]]:
    runs = now - settings.SYNC_RUN_RETENTION
    events = now - settings.SECURITY_EVENT_RETENTION
    attempts = now - settings.SIGN_IN_PAUSE - _LONGEST_COUNT
    return {
        "changes": (retention.old_changes, now - settings.CHANGE_RETENTION),
        "disclosures": (retention.old_disclosures, now - settings.DISCLOSURE_RETENTION),
        "sync runs": (retention.old_sync_runs, runs),
        "runs of scheduled commands": (old_runs, runs),
        "digests": (retention.old_digests, runs),
        "security events": (retention.old_events, events),
        "pasted lists": (retention.old_pasted_lists, now - retention.PASTED_LISTS_KEPT_FOR),
        "deleted views": (retention.old_deleted_views, events),
        "ended API tokens": (old_tokens, events),
        "counts of failed sign-ins": (retention.old_attempts, attempts),
        "drafts": (lapsed_drafts, now),
        "unconfirmed imports": (lapsed_uploads, now),
    }


def _pruned(rows: _OldRows, before: datetime, disclosures: int) -> int:
    if rows is retention.old_disclosures:
        return disclosures
    if rows is retention.old_changes:
        return retention.prune_changes(before)
    return retention.prune_rows(rows, before)


def _pruned_disclosures(before: datetime) -> int:
    try:
        return prune_disclosures(before)
    except ChainBroken as exc:
        record_broken(exc)
        raise CommandError(str(exc)) from exc
    except StillKept as exc:
        raise CommandError(str(exc)) from exc


def _record(disclosures: int, security_events: int) -> None:
    if disclosures or security_events:
        removed = {"disclosures": disclosures, "security_events": security_events}
        record_event(SecurityEvent.Code.LOGS_PRUNED, detail=removed)
