"""Prometheus metrics that are counted at scrape time; they name no organization or user."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from customers.models import (
    Credentials,
    Customer,
    FailedAttempts,
    HeldAnswer,
    Organization,
    SyncRun,
)
from customers.models.customer import MASS_NOT_SET_UP
from customers.services.operations.freshness import count_late
from customers.services.operations.proof_load import proof_load
from customers.services.operations.schedule import ScheduledCommand, scheduled_commands

# Age buckets in seconds, with their column in the one query that counts them.
_AGES = {seconds: f"within_{seconds}" for seconds in (900, 3_600, 21_600, 86_400, 259_200)}
_RECENT = timedelta(days=1)


class PortalCollector(Collector):
    """Some ten queries per scrape, each on an index or a table that retention keeps small."""

    def collect(self) -> Iterator[Metric]:
        now = timezone.now()
        yield GaugeMetricFamily(
            "portal_organizations", "Organizations known.", Organization.objects.count()
        )
        yield from _answers(now)
        yield from _late()
        yield from _proofs()
        yield _credentials()
        yield from _syncs(now)
        yield from _commands(scheduled_commands())
        yield GaugeMetricFamily(
            "portal_sign_in_pauses",
            "Names, accounts and addresses for which signing in is paused now.",
            FailedAttempts.objects.filter(paused_until__gt=now).count(),
        )


def _answers(now: datetime) -> Iterator[Metric]:
    answered = Customer.objects.filter(checked_at__isnull=False)
    counts = answered.aggregate(
        total=Count("pk"),
        oldest=Min("checked_at"),
        **{
            name: Count("pk", filter=Q(checked_at__gte=now - timedelta(seconds=seconds)))
            for seconds, name in _AGES.items()
        },
    )
    by_age = GaugeMetricFamily(
        "portal_answers", "Answers stored that are at most so many seconds old.", labels=["le"]
    )
    for seconds, name in _AGES.items():
        by_age.add_metric([str(seconds)], counts[name])
    by_age.add_metric(["+Inf"], counts["total"])
    yield by_age
    if counts["oldest"]:
        yield GaugeMetricFamily(
            "portal_oldest_answer_timestamp_seconds",
            "When the oldest answer arrived.",
            counts["oldest"].timestamp(),
        )
    yield GaugeMetricFamily(
        "portal_answers_behind_an_error",
        "Organizations whose last attempt failed.",
        Customer.objects.exclude(last_error_code__in=("", MASS_NOT_SET_UP.code)).count(),
    )
    yield GaugeMetricFamily(
        "portal_answers_held",
        "Answers of a mass change that are held.",
        HeldAnswer.objects.filter(is_held=True).count(),
    )


def _late() -> Iterator[Metric]:
    objective = settings.FRESHNESS_OBJECTIVE
    yield GaugeMetricFamily(
        "portal_freshness_objective_seconds",
        "How old answers may be (FRESHNESS_OBJECTIVE).",
        objective.total_seconds(),
    )
    yield GaugeMetricFamily(
        "portal_organizations_late",
        "Organizations that users have access to, and whose answer is older than the objective.",
        count_late(objective),
    )


def _proofs() -> Iterator[Metric]:
    load = proof_load()
    yield GaugeMetricFamily(
        "portal_proof_calls_needed",
        "Calls that renew all proofs of the API key nearest its limit, per half ACCESS_PROOF_TTL.",
        load.needed,
    )
    yield GaugeMetricFamily(
        "portal_proof_calls_possible",
        "Calls that this key gives in the same time, at its present rate.",
        load.possible,
    )


def _credentials() -> Metric:
    by_state = GaugeMetricFamily(
        "portal_credentials", "Users with stored credentials, by their state.", labels=["state"]
    )
    rows = Credentials.objects.values_list("state").annotate(count=Count("pk"))
    counts: dict[str, int] = dict(rows.order_by())
    for state in Credentials.State.values:
        by_state.add_metric([state], counts.get(state, 0))
    return by_state


def _syncs(now: datetime) -> Iterator[Metric]:
    endings: Counter[str] = Counter()
    results: Counter[str] = Counter()
    latest = SyncRun.objects.filter(started_at__gte=now - _RECENT)
    for ending, counts in latest.values_list("ending", "counts"):
        endings[ending or "running"] += 1
        results.update(counts)
    runs = GaugeMetricFamily(
        "portal_sync_runs", "Sync runs that began within a day, by their ending.", labels=["ending"]
    )
    for ending in ("running", *filter(None, SyncRun.Ending.values)):
        runs.add_metric([ending], endings[ending])
    yield runs
    checks = GaugeMetricFamily(
        "portal_sync_checks",
        "Checks by sync runs that began within a day, by their result.",
        labels=["result"],
    )
    for result, count in sorted(results.items()):
        checks.add_metric([result], count)
    yield checks
    yield GaugeMetricFamily(
        "portal_mass_delinquencies",
        "Sync runs within a day in which many organizations became delinquent.",
        latest.filter(tally__is_mass_delinquency=True).count(),
    )
    complete = SyncRun.objects.filter(ending=SyncRun.Ending.COMPLETE)
    if last := complete.aggregate(last=Max("ended_at"))["last"]:
        yield GaugeMetricFamily(
            "portal_last_complete_sync_timestamp_seconds",
            "When the last sync run that left nothing out ended.",
            last.timestamp(),
        )


def _commands(commands: list[ScheduledCommand]) -> Iterator[Metric]:
    overdue = GaugeMetricFamily(
        "portal_command_overdue",
        "Whether a scheduled command has not ended for longer than its schedule allows.",
        labels=["command"],
    )
    code = GaugeMetricFamily(
        "portal_command_exit_code",
        "Exit code of the last run of a scheduled command; 0 is success.",
        labels=["command"],
    )
    success = GaugeMetricFamily(
        "portal_command_last_success_timestamp_seconds",
        "When a run of a scheduled command last succeeded.",
        labels=["command"],
    )
    for command in commands:
        overdue.add_metric([command.name], command.is_overdue)
        if command.exit_code is not None:
            code.add_metric([command.name], command.exit_code)
        if command.succeeded_at is not None:
            success.add_metric([command.name], command.succeeded_at.timestamp())
    yield from (overdue, code, success)
