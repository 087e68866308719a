"""The overview page: what needs attention today."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from customers.dashboard.overview.charts import NARROW, Bar, bars, shares
from customers.dashboard.site import StaffRequest, staff_page
from customers.models import Credentials
from customers.services.credentials.session_expiry import likely_end
from customers.services.lists.counts import worklist_counts
from customers.services.overview.sample import SAMPLE, card_mix, freshness
from customers.services.overview.tiles import (
    expiring_by_month,
    last_sync,
    latest_changes,
    tiles,
)
from customers.services.overview.trends import Trend, trends


@require_safe
@staff_page(discloses=["overview"])
def overview(request: StaffRequest) -> HttpResponse:
    user = request.user
    credentials = Credentials.objects.filter(user_id=user.pk).first()
    counted = worklist_counts(user)
    counts = counted.counts
    delinquent, no_method = trends(user, counts)
    mix = card_mix(user)
    return render(
        request,
        "overview/overview.html",
        {
            "credentials": credentials,
            "session_end": likely_end(credentials) if credentials else None,
            "counted_at": counted.counted_at,
            "freshness": freshness(user, counts[""]),
            "tiles": tiles(user, counts),
            "expiring": [_by_month(bar) for bar in bars(expiring_by_month(user))],
            "trends": [
                (
                    "delinquent",
                    gettext("Delinquent by week"),
                    _bars(delinquent),
                    delinquent.untold,
                ),
                (
                    "no-payment-method",
                    gettext("No payment method by week"),
                    _bars(no_method),
                    no_method.untold,
                ),
            ],
            "brands": shares(mix.brands),
            "fundings": shares(mix.fundings),
            "cards": mix.total,
            "sample": SAMPLE,
            "changes": latest_changes(user),
            "last_sync": last_sync(),
        },
    )


def _by_month(bar: Bar) -> tuple[Bar, str, str, str]:
    return bar, f"{bar.at:%Y-%m}", date_format(bar.at, "F Y"), date_format(bar.at, "M")


def _bars(trend: Trend) -> list[Bar]:
    """Empty if there are too many to count."""
    return bars(list(zip(trend.ends, trend.levels, strict=True)) if trend.levels else [], NARROW)
