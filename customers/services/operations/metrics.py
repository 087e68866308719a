"""Prometheus metrics that are counted at scrape time; they name no organization or user."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from customers.models import Credentials, Customer, Organization, SyncRun

# Age buckets in seconds, with their column in the one query that counts them.
_AGES = {seconds: f"within_{seconds}" for seconds in (900, 3_600, 21_600, 86_400, 259_200)}
_LATELY = timedelta(days=1)


class PortalCollector(Collector):
    """Six queries per scrape, each on an index or a small table."""

    def collect(self) -> Iterator[Metric]:
        now = timezone.now()
        yield GaugeMetricFamily(
            "portal_organizations", "Organizations known.", Organization.objects.count()
        )
        yield from _answers(now)
        yield _credentials()
        yield from _syncs(now)


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
        Customer.objects.exclude(last_error_code="").count(),
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
    latest = SyncRun.objects.filter(started_at__gte=now - _LATELY)
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
    complete = SyncRun.objects.filter(ending=SyncRun.Ending.COMPLETE)
    if last := complete.aggregate(last=Max("ended_at"))["last"]:
        yield GaugeMetricFamily(
            "portal_last_complete_sync_timestamp_seconds",
            "When the last sync run that left nothing out ended.",
            last.timestamp(),
        )
