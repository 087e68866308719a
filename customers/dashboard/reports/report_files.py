"""The tables of the reports as CSV. They count, and name no organization."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.http import Http404, StreamingHttpResponse
from django.views.decorators.http import require_safe

from customers.dashboard.lists.exported import file_of
from customers.dashboard.site import SEE_CUSTOMERS, StaffRequest, staff_page
from customers.database.capped_counts import COUNT_CAP
from customers.services.overview.sample import card_mix
from customers.services.reports.answer_ages import answer_ages
from customers.services.reports.delinquency_spells import spells
from customers.services.reports.silent_renewals import silent_renewals
from customers.services.wording.csv_and_jsonl import file_lines

_Row = dict[str, Any]
_MINUTE = timedelta(minutes=1)


@require_safe
@staff_page(SEE_CUSTOMERS, "customers.export_customer")
def export_report(request: StaffRequest, report: str) -> StreamingHttpResponse:
    if report not in _FILES:
        raise Http404
    columns, rows = _FILES[report]
    return file_of(
        request,
        report,
        lambda format_: file_lines(format_, columns, rows(request.user), texts=("month",)),
    )


def _of_renewals(user: User) -> Iterator[_Row]:
    for row in silent_renewals(user).rows:
        yield {
            "month": f"{row.month:%Y-%m}",
            "brand": row.brand,
            "renewed": row.count,
            "without_failed_charge": row.silent,
        }


def _of_spells(user: User) -> Iterator[_Row]:
    for row in spells(user).within:
        yield {
            "within_days": row.days,
            "spells": row.count,
            "paid_at_least": row.at_least,
            "paid_at_most": row.at_most,
        }


def _of_ages(user: User) -> Iterator[_Row]:
    for band in answer_ages(user):
        yield {
            "older_than_minutes": _minutes(band.youngest),
            "up_to_minutes": _minutes(band.oldest),
            "organizations": _capped(band.count),
            "meets_objective": band.meets_objective,
        }


def _of_cards(user: User) -> Iterator[_Row]:
    mix = card_mix(user)
    for kind, counts in (("brand", mix.brands), ("funding", mix.fundings)):
        for name, count in counts:
            yield {"kind": kind, "name": name, "cards": count}


def _minutes(age: timedelta | None) -> int | None:
    return None if age is None else age // _MINUTE


def _capped(count: int) -> int | str:
    return count if count <= COUNT_CAP else f"{COUNT_CAP}+"


# By the name in the address: the columns, and the rows that a user may see.
_FILES: dict[str, tuple[tuple[str, ...], Callable[[User], Iterator[_Row]]]] = {
    "silent-renewals": (("month", "brand", "renewed", "without_failed_charge"), _of_renewals),
    "delinquency": (("within_days", "spells", "paid_at_least", "paid_at_most"), _of_spells),
    "freshness": (
        ("older_than_minutes", "up_to_minutes", "organizations", "meets_objective"),
        _of_ages,
    ),
    "cards": (("kind", "name", "cards"), _of_cards),
}
