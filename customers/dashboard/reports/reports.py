"""The page of reports: what the history and the answers of many organizations tell together."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from customers.dashboard.overview.charts import Bar, bars, shares
from customers.dashboard.reports.renewal_table import renewal_table
from customers.dashboard.reports.report_words import age_band_words, days_words, of_words
from customers.dashboard.site import StaffRequest, staff_page
from customers.services.disclosures.log import record
from customers.services.lists.counts import worklist_counts
from customers.services.lists.listed_since import since_words
from customers.services.lists.worklists import BY_KEY
from customers.services.overview.sample import SAMPLE, card_mix, freshness
from customers.services.reports.answer_ages import AgeBand, answer_ages, latest_runs
from customers.services.reports.delinquency_spells import PaidWithin, spells
from customers.services.reports.longest_delinquent import longest_delinquent
from customers.services.reports.silent_renewals import silent_renewals
from customers.services.wording.formats import span_words
from customers.services.wording.short_times import short_age

_WATCHES_RUNS = "customers.watch_syncrun"
Part = dict[str, object]


@require_safe
@staff_page(discloses=["report"])
def reports(request: StaffRequest) -> HttpResponse:
    user = request.user
    counted = worklist_counts(user)
    total = counted.counts[""]
    context: Part = {"total": total, "counted_at": counted.counted_at, "sample": SAMPLE}
    if total:
        context |= _renewals(user) | _delinquency(user) | _freshness(user, total) | _cards(user)
    return render(request, "reports/reports.html", context)


def _renewals(user: User) -> Part:
    found = silent_renewals(user)
    by_month = found.by_month
    drawn = bars(
        [(row.month, row.count) for row in by_month], [row.count - row.silent for row in by_month]
    )
    return {
        "renewals": found,
        "renewal_bars": [(bar, date_format(bar.at, "M")) for bar in drawn],
        "renewal_table": renewal_table(found),
    }


def _delinquency(user: User) -> Part:
    found = spells(user)
    longest = longest_delinquent(user)
    record(user, longest, "report")
    return {
        "spells": found,
        "medians": [None if it is None else days_words(it) for it in found.median],
        "spell_bars": _paid_within(found.within),
        "spell_rows": [
            (days_words(row.days), _of(row.at_least, row), _of(row.at_most, row))
            for row in found.within
        ],
        "longest": [(row, since_words(row, BY_KEY["delinquent"])) for row in longest],
    }


def _paid_within(rows: list[PaidWithin]) -> list[tuple[Bar, str]]:
    drawn = bars(
        [
            (short_age(timedelta(days=row.days)), _percent(row.at_most, row) if row.count else None)
            for row in rows
        ],
        [_percent(row.at_least, row) for row in rows],
    )
    labels = [f"{row.at_most}/{row.count}" if row.count else "–" for row in rows]
    return list(zip(drawn, labels, strict=True))


def _percent(part: int, row: PaidWithin) -> int:
    return round(100 * part / row.count) if row.count else 0


def _of(part: int, row: PaidWithin) -> str:
    return of_words(part, row.count) if row.count else "–"


def _freshness(user: User, total: int) -> Part:
    bands = answer_ages(user)
    drawn = bars([(_short(band), band.count) for band in bands])
    return {
        "freshness": freshness(user, total),
        "objective": span_words(settings.FRESHNESS_OBJECTIVE),
        "ages": [
            (bar, age_band_words(band), band.meets_objective)
            for bar, band in zip(drawn, bands, strict=True)
        ],
        "runs": latest_runs() if user.has_perm(_WATCHES_RUNS) else [],
    }


def _short(band: AgeBand) -> str:
    return short_age(band.oldest) if band.oldest else gettext("older")


def _cards(user: User) -> Part:
    mix = card_mix(user)
    return {
        "cards": mix.total,
        "brands": shares(mix.brands),
        "fundings": shares(mix.fundings),
    }
