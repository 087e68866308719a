import json
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from customers.database.retry import LOST
from customers.management import arguments
from customers.management.garbage import collect_rarely
from customers.management.while_syncing import progress, stopped_by_signals
from customers.models import Organization
from customers.services.operations.freshness import Missed, missed_by_anyone
from customers.services.operations.proof_load import (
    proof_load,
    shortfall_remedy,
    shortfall_words,
)
from customers.services.sync.credential_pool import users_to_check_with, users_whose_session_ended
from customers.services.sync.report import Options, Report
from customers.services.sync.runner import Sync
from customers.services.wording.messages import said

_DATABASE_LOST = "The database was lost: locked for too long, full, or out of reach."
_REST = "{report.checked} were checked and stored; the next run does the rest."


class Command(BaseCommand):
    help = (
        "Check the organizations that are due, most at risk first, with the credentials of the "
        "named users or of all, and store the answers. Ends with counts by outcome; exits non-zero "
        "if anything could not be checked."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--user",
            metavar="U",
            action="append",
            default=[],
            help="ask with this user's credentials",
        )
        parser.add_argument(
            "--org",
            metavar="ID",
            action="append",
            default=[],
            type=arguments.org_id,
            help="check this one, due or not",
        )
        parser.add_argument(
            "--max-age",
            metavar="1h",
            type=arguments.duration,
            default=settings.CUSTOMER_MAX_AGE,
            help="an answer is due when it is older than this (CUSTOMER_MAX_AGE)",
        )
        parser.add_argument("--limit", metavar="N", type=arguments.at_least(1, 10**9))
        parser.add_argument(
            "--concurrency",
            metavar="16",
            type=arguments.at_least(1, 512),
            default=16,
            help="calls at a time; one run uses one core, so beyond 64 start another instead",
        )
        parser.add_argument(
            "--max-rps",
            metavar="N",
            type=arguments.rate,
            default=settings.CATALYZE_MAX_RPS,
            help="requests per second per API key, 0 for no limit (CATALYZE_MAX_RPS)",
        )
        parser.add_argument(
            "--objective",
            metavar="6h",
            type=arguments.duration,
            help="fail if an answer that a user needs is older than this after the run",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="print how many are due, ask nothing"
        )
        parser.add_argument(
            "--distribute",
            action="store_true",
            help="hand what is due to Celery's workers (CELERY_BROKER_URL), and exit",
        )
        parser.add_argument(
            "--json", action="store_true", help="one JSON object as the last line of stdout"
        )
        arguments.example(parser, "sync_customers --max-age 6h --concurrency 32")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["distribute"] and not options["dry_run"]:
            if options["objective"] is not None:
                raise CommandError("--objective needs a run that ends here; use it with --dry-run.")
            self._distribute(_options(options), as_json=options["json"])
            self._say_shortfall(options["max_rps"])
            return
        sync = Sync(_options(options), started_by="sync_customers")
        if options["dry_run"]:
            self._say_due(sync.count_due(), as_json=options["json"])
            self._say_shortfall(options["max_rps"])
            _fail_if([_late(options["objective"])])
            return
        collect_rarely()
        try:
            with stopped_by_signals(sync), progress(self.stdout, self.stderr) as show:
                report = sync.run(show)
            left_out = [] if options["user"] else users_whose_session_ended()
            late = _late(options["objective"])
            self._say_shortfall(options["max_rps"])
        except LOST as exc:
            self._say(sync.report, as_json=options["json"])
            raise CommandError(f"{_DATABASE_LOST} {_REST.format(report=sync.report)}") from exc
        self._say(report, as_json=options["json"])
        if left_out:
            names = ", ".join(left_out)
            self.stderr.write(f"Skipped: session expired for {names}")
        _fail_if(["" if report.is_complete else _failure(report), late])

    def _distribute(self, options: Options, *, as_json: bool) -> None:
        if not settings.CELERY_BROKER_URL:
            raise CommandError("CELERY_BROKER_URL is not set; it names the broker of the workers.")
        try:
            tasks = import_module("customers.tasks")
        except ImportError as exc:
            raise CommandError(
                "Celery is not installed: pip install -r requirements-celery.txt"
            ) from exc
        try:
            due, batches = tasks.distribute(options)
        except tasks.BrokerDown as exc:
            raise CommandError("The broker of CELERY_BROKER_URL does not respond.") from exc
        if as_json:
            self.stdout.write(json.dumps({"due": due, "batches": batches}))
        else:
            self.stdout.write(f"{due} due, handed to the workers in {batches} batches.")

    def _say_due(self, count: int, *, as_json: bool) -> None:
        self.stdout.write(json.dumps({"due": count}) if as_json else f"{count} due.")

    def _say_shortfall(self, max_rps: float) -> None:
        """Not a failure of this run."""
        load = proof_load(max_rps)
        if not load.fits:
            self.stderr.write(f"{shortfall_words(load)} {shortfall_remedy(load)}")

    def _say(self, report: Report, *, as_json: bool) -> None:
        for trouble, count in report.troubles.most_common():
            self.stderr.write(f"{count} x {said(trouble)}")
        if as_json:
            self.stdout.write(json.dumps(_as_json(report)))
            return
        for outcome, count in report.counts.most_common():
            self.stdout.write(f"{count:>8}  {outcome.replace('_', ' ')}")
        if report.verified or report.lists:
            self.stdout.write(
                f"{report.verified} sessions verified first, {report.lists} permission lists read."
            )
        self.stdout.write(
            f"{report.checked} of {report.due} due checked in {report.seconds:.1f} s, "
            f"{report.failed} failed."
        )
        if report.held:
            self.stdout.write(
                f"{report.held} organizations that had a payment method now have none, says "
                "Catalyze. The last known state is kept: see accept_mass_change."
            )
        if report.waiting:
            self.stdout.write(f"{report.waiting} answers are judged when another sync has ended.")
        if report.became_delinquent:
            self.stdout.write(
                f"{report.became_delinquent} organizations became delinquent in this sync."
            )


def _options(options: dict[str, Any]) -> Options:
    names = [arguments.active_user(name).get_username() for name in options["user"]]
    user_ids = users_to_check_with(names)
    if len(user_ids) < len(set(names)):
        raise CommandError(
            f"Not all of {', '.join(names)} have stored credentials; see set_credentials."
        )
    if not user_ids:
        raise CommandError(
            "No usable credentials: store some with set_credentials, or sign in again on "
            "the page “Your credentials”."
        )
    return Options(
        user_ids=user_ids,
        org_ids=_known(options["org"]),
        max_age=options["max_age"],
        limit=options["limit"],
        concurrency=options["concurrency"],
        max_rps=options["max_rps"],
    )


def _known(org_ids: list[str]) -> tuple[str, ...]:
    known = set(Organization.objects.filter(org_id__in=org_ids).values_list("org_id", flat=True))
    if unknown := [org_id for org_id in org_ids if org_id not in known]:
        raise CommandError(
            f"Not an organization of this portal: {', '.join(unknown)}. Import it, or open it "
            "once with show_customer."
        )
    return tuple(org_ids)


def _as_json(report: Report) -> dict[str, Any]:
    return {
        "due": report.due,
        "checked": report.checked,
        "failed": report.failed,
        "verified": report.verified,
        "lists": report.lists,
        "outcomes": dict(report.counts),
        "troubles": {said(trouble): count for trouble, count in report.troubles.items()},
        "stopped": report.was_stopped,
        "seconds": round(report.seconds, 3),
    } | report.held_back


def _fail_if(sentences: list[str]) -> None:
    if failures := [sentence for sentence in sentences if sentence]:
        raise CommandError("\n".join(failures))


def _late(objective: timedelta | None) -> str:
    missed = Missed(0, None) if objective is None else missed_by_anyone(objective)
    if not missed.count:
        return ""
    oldest = "one was never checked"
    if missed.oldest:
        oldest = (
            f"the oldest answer is from {timezone.localtime(missed.oldest):%Y-%m-%d %H:%M:%S %Z}"
        )
    return f"Organizations that miss the objective: {missed.count}; {oldest}."


def _failure(report: Report) -> str:
    if report.was_stopped:
        return f"Stopped after {report.checked} of {report.due}; the next run does the rest."
    if report.checked < report.due:
        left = report.due - report.checked
        return f"{report.failed} failed and {left} were not checked."
    if not report.failed:
        return "All were checked, but not with every user's credentials."
    return f"{report.failed} of {report.checked} checks failed; the last known state is kept."
