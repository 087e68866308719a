"""One pasted list: its page, its export, and its lines for a spreadsheet."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from customers.dashboard.lists.exported import exported
from customers.dashboard.lists.heads import heads, name_head
from customers.dashboard.lists.rows import Row, rows
from customers.dashboard.site import SEE_CUSTOMERS, StaffRequest, staff_page
from customers.models import PastedId, PastedList
from customers.services.disclosures.log import record
from customers.services.lists.columns import Column, chosen
from customers.services.lists.listing import SORTS, Listed
from customers.services.lists.preferences import preferences_of
from customers.services.lists.shared_cards import sharing
from customers.services.pasted_lists.keeping import find_list
from customers.services.pasted_lists.list_standing import Standing, standing_of
from customers.services.pasted_lists.pasted_rows import PastedRows, all_of, page_of
from customers.services.pasted_lists.spreadsheet import spreadsheet_lines
from customers.services.search.match_reasons import Reasons

NAMED_AT_FIRST = 50  # of each kind of id that is not found; the rest on request


def own_list(user: User, key: str) -> PastedList:
    """404 for other users' lists, as for missing ones."""
    if found := find_list(user, key):
        return found
    raise Http404


@require_safe
@staff_page(discloses=["pasted"])
def pasted_list(request: StaffRequest, key: str) -> HttpResponse:
    standing = standing_of(request.user, own_list(request.user, key))
    sort = _sort(request)
    columns = chosen(preferences_of(request.user).columns, on_worklist=False, is_search=False)
    page = page_of(request.user, standing, sort, _number(request))
    record(request.user, page.rows, "pasted")
    return render(
        request,
        "pasted/pasted_list.html",
        {
            "pasted_list": standing.pasted_list,
            "standing": standing,
            "found": page,
            "rows": _rows(request, standing, page, columns),
            "name_head": name_head(sort, request.GET),
            "heads": heads(columns, sort, request.GET),
            "pager": "pasted/_pager.html",
            "is_pasted": True,
            "listed": Listed(sort=sort),
            **_not_found(standing, None if "all" in request.GET else NAMED_AT_FIRST),
        },
    )


@dataclass(frozen=True, slots=True)
class NamedIds:
    """Ids that were not found, each with its line number; `left` more are not named."""

    ids: list[tuple[int, str]]
    count: int
    left: int


def _not_found(standing: Standing, most: int | None) -> dict[str, NamedIds]:
    def named(ids: list[PastedId]) -> NamedIds:
        lines = standing.lines_of_ids
        shown = [(lines[one.place], one.text) for one in ids[:most]]
        return NamedIds(shown, len(ids), len(ids) - len(shown))

    return {
        "unasked": named(standing.unasked),
        "refused": named(standing.refused),
        "unknown": named(standing.unknown),
        "unfitting": named(standing.unfitting),
    }


def _rows(
    request: StaffRequest,
    standing: Standing,
    page: PastedRows,
    columns: list[tuple[Column, int]],
) -> list[Row]:
    user, query = request.user, request.GET.urlencode()
    match_reasons = [Reasons() for _row in page.rows]
    shared = sharing(user, page.rows)
    shown = list(rows(user, page.rows, match_reasons, shared, None, columns, query))
    for row, customer in zip(shown, page.rows, strict=True):
        row.place = str(standing.first_lines[customer.pk])
    return shown


def _sort(request: HttpRequest) -> str:
    """As pasted if the parameter is invalid."""
    sort = request.GET.get("sort", "")
    return sort if sort.removeprefix("-") in SORTS else ""


def _number(request: HttpRequest) -> int:
    text = request.GET.get("after", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("1000") else 1


@require_safe
@staff_page(SEE_CUSTOMERS, "customers.export_customer", discloses=["export"])
def export_pasted(request: StaffRequest, key: str) -> StreamingHttpResponse:
    standing = standing_of(request.user, own_list(request.user, key))
    customers = all_of(request.user, standing, _sort(request))
    return exported(request, customers, "pasted")


@require_safe
@staff_page(SEE_CUSTOMERS, "customers.export_customer", discloses=["export"])
def pasted_text(request: StaffRequest, key: str) -> HttpResponse:
    """The text of "Copy for the spreadsheet"; without scripts it is a download."""
    standing = standing_of(request.user, own_list(request.user, key))
    lines = spreadsheet_lines(request.user, standing, "export")
    name = f"pasted-{timezone.localdate()}.txt"
    return HttpResponse(
        "".join(f"{line}\n" for line in lines),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
