"""The overview page: what needs action today, and what has changed."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from customers.dashboard.lists.rail import SIGNS
from customers.dashboard.overview.charts import Bar, bars
from customers.dashboard.overview.news_lines import news_lines
from customers.dashboard.overview.queue_rows import queue_rows
from customers.dashboard.site import StaffRequest, staff_page
from customers.models import Credentials
from customers.services.credentials.session_expiry import likely_end
from customers.services.disclosures.log import record
from customers.services.lists.counts import worklist_counts
from customers.services.operations.proof_load import shortfall_for
from customers.services.overview.mass_changes import mass_changes
from customers.services.overview.queue import MY_QUEUE, TEAM_QUEUE, queue
from customers.services.overview.sample import SAMPLE, freshness
from customers.services.overview.since_visit import since_visit
from customers.services.overview.tiles import Month, expiring_by_month, last_sync, tiles
from customers.services.overview.trends import Trend, delinquency_trend
from customers.services.wording.formats import span_words

_RECENTLY = timedelta(days=1)  # how long a mass delinquency is reported


@require_safe
@staff_page(discloses=["overview"])
def overview(request: StaffRequest) -> HttpResponse:
    user = request.user
    credentials = Credentials.objects.filter(user_id=user.pk).first()
    counted = worklist_counts(user)
    counts = counted.counts
    whose = MY_QUEUE if request.GET.get("queue") == MY_QUEUE else TEAM_QUEUE
    first, news = queue(user, whose, counts), since_visit(user)
    record(user, {*first.customers, *news.customers}, "overview")
    trend = delinquency_trend(user, counts)
    return render(
        request,
        "overview/overview.html",
        {
            "credentials": credentials,
            "session_end": likely_end(credentials) if credentials else None,
            "counted_at": counted.counted_at,
            "freshness": freshness(user, counts[""]),
            "objective": span_words(settings.FRESHNESS_OBJECTIVE),
            "sample": SAMPLE,
            "last_sync": last_sync(),
            "shortfall": shortfall_for(user) if user.has_perm("customers.watch_syncrun") else [],
            "whose": whose,
            "queue": first,
            "rows": queue_rows(user, first.customers),
            "mine": counts[MY_QUEUE],
            "tiles": [(tile, SIGNS[tile.worklist.key]) for tile in tiles(user, counts)],
            "expiring": _by_month(expiring_by_month(user, counts)),
            "trend": trend,
            "trend_bars": _by_week(trend),
            "mass": mass_changes(user, timezone.now() - _RECENTLY),
            "news": news,
            "news_lines": news_lines(news.lines),
        },
    )


def _by_month(months: list[Month]) -> list[tuple[Bar, str, str, str]]:
    drawn = bars(
        [(month.last_day, month.count) for month in months],
        [month.before_renewal for month in months],
    )
    return [
        (bar, f"{bar.at:%Y-%m}", date_format(bar.at, "F Y"), date_format(bar.at, "M"))
        for bar in drawn
    ]


def _by_week(trend: Trend) -> list[Bar]:
    """Empty if there are too many to count."""
    return bars(list(zip(trend.ends, trend.levels, strict=True)) if trend.levels else [])
