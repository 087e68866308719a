"""The list of organizations: worklists, filters, search, and the whole of it as a file."""

from dataclasses import replace

from django.contrib.auth.models import User
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from customers.dashboard.forms import ListForm
from customers.dashboard.lists.exported import exported
from customers.dashboard.lists.heads import heads, name_head
from customers.dashboard.lists.list_query import CASES, changed, chips, hidden_fields
from customers.dashboard.lists.rail import rail
from customers.dashboard.lists.rows import Row, rows
from customers.dashboard.saved_views.beside_list import beside_list, rail_of_views
from customers.dashboard.site import SEE_CUSTOMERS, StaffRequest, staff_page
from customers.models import Customer
from customers.services.access.visible import visible_customers
from customers.services.checking.check_many import Checked
from customers.services.checking.reverify import REVERIFIED, reverify
from customers.services.disclosures.log import record
from customers.services.facts.table import BY_NAME, FACTS
from customers.services.lists.columns import COLUMNS, Column, chosen
from customers.services.lists.counts import worklist_counts
from customers.services.lists.filter_choices import choices
from customers.services.lists.listed_since import tells_since
from customers.services.lists.listing import FILTERS, Listed, Page, list_customers, page
from customers.services.lists.preferences import PAGE_SIZES, preferences_of
from customers.services.lists.renewed_cards import renewals
from customers.services.lists.shared_cards import sharing
from customers.services.lists.worklists import BY_KEY
from customers.services.search.match_reasons import reasons
from customers.services.search.unfound import Unfound, unfound_beside
from customers.services.wording.isolation import plain

_SORT_LABELS = (
    ("best", gettext_lazy("Best match, delinquent first")),
    ("name", gettext_lazy("Name")),
    ("-checked", gettext_lazy("Last checked, newest")),
    ("checked", gettext_lazy("Last checked, oldest")),
    ("-changed", gettext_lazy("Recently changed")),
    *(sort for fact in FACTS for sort in fact.sorts),
    ("-since", gettext_lazy("Since when, newest")),
    ("since", gettext_lazy("Since when, oldest")),
)


@require_safe
@staff_page(discloses=["list"])
def organizations(request: StaffRequest) -> HttpResponse:
    user, listed = request.user, ListForm(request.GET).listed()
    preferences = preferences_of(user)
    counted = worklist_counts(user)
    found = page(user, listed, preferences.page_size, counted.counts)
    verified = _checked_again(request, listed, found)
    if verified.done or verified.failed:
        counted = worklist_counts(user)
        found = page(user, listed, preferences.page_size, counted.counts)
    owner = _card_owner(user, listed)
    is_whole = not (listed.is_narrowed or found.previous)
    has_news = is_whole and listed.worklist in REVERIFIED
    renewed = renewals(user, listed.worklist) if has_news else []
    views = beside_list(user, request.GET, listed, preferences.columns)
    unfound = _unfound(user, listed, found)
    columns = chosen(
        views.columns, on_worklist=tells_since(listed.worklist), is_search=bool(listed.text)
    )
    shown = found.count, found.is_capped
    disclosed = {*found.rows, *(renewal.customer for renewal in renewed)}
    record(user, {*disclosed, owner} if owner else disclosed, "list")
    return render(
        request,
        "organizations/list.html",
        {
            "listed": listed,
            "page": found,
            "rows": _rows(user, listed, found, columns, request.GET.urlencode()),
            "name_head": name_head(listed.sort, request.GET),
            "heads": heads(columns, listed.sort, request.GET),
            "worklist": BY_KEY.get(listed.worklist),
            "rail": [
                *rail(
                    counted,
                    None if views.opened else listed.worklist,
                    None if listed.is_narrowed else shown,
                ),
                *rail_of_views(user, views, counted, None if unfound.is_guess else shown),
            ],
            "views": views,
            "counted_at": counted.counted_at,
            "sees_none": not counted.counts[""],
            "chips": chips(request.GET, listed, owner),
            "all": changed(request.GET)[1:],
            "card_owner": owner,
            "verified": verified,
            "renewals": renewed,
            "filters": _filters(user, listed),
            "cases": CASES.items(),
            "hidden": hidden_fields(request.GET, {*FILTERS, "mode", "expires", "case", "sort"}),
            "sorts": _sorts(listed),
            "columns": _columns(views.columns),
            "page_sizes": PAGE_SIZES,
            "page_size": preferences.page_size,
            "unfound": unfound,
        },
    )


def _checked_again(request: StaffRequest, listed: Listed, found: Page) -> Checked:
    """Check stale rows again before saying that a card expires; a HEAD request does not."""
    if listed.worklist not in REVERIFIED or request.method != "GET":
        return Checked()
    return reverify(request.user, found.rows)


def _rows(
    user: User, listed: Listed, found: Page, columns: list[tuple[Column, int]], query: str
) -> list[Row]:
    """The rows in words; whom else a card pays is not said where that is what is listed."""
    worklist = BY_KEY.get(listed.worklist)
    shared = {} if listed.card_of else sharing(user, found.rows)
    match_reasons = reasons(user, found.rows, listed.text)
    return list(rows(user, found.rows, match_reasons, shared, worklist, columns, query))


def _unfound(user: User, listed: Listed, found: Page) -> Unfound:
    missing = unfound_beside(user, listed.text, found.rows)
    return replace(missing, left_out=missing.left_out + listed.left_out)


def _card_owner(user: User, listed: Listed) -> Customer | None:
    if not listed.card_of:
        return None
    return visible_customers(user).filter(organization__org_id=listed.card_of).first()


def _filters(user: User, listed: Listed) -> list[dict[str, object]]:
    return [
        {
            "name": name,
            "label": capfirst(str(BY_NAME[name].label)),
            "values": [(value, plain(BY_NAME[name].words(value))) for value in values],
            "chosen": listed.filters.get(name, ""),
        }
        for name, values in _choices(user, listed).items()
    ]


def _choices(user: User, listed: Listed) -> dict[str, list[str]]:
    """Include the chosen value even if no visible row has it, as in a shared view."""
    return {
        name: sorted({*values, listed.filters[name]}) if name in listed.filters else values
        for name, values in choices(user).items()
    }


def _sorts(listed: Listed) -> list[tuple[str, Promise]]:
    left_out = set() if listed.text else {"best"}
    if not listed.worklist:
        left_out |= {"since", "-since"}
    return [sort for sort in _SORT_LABELS if sort[0] not in left_out]


def _columns(shown: tuple[str, ...]) -> list[tuple[str, str, bool]]:
    return [(it.name, capfirst(str(it.label)), it.name in shown) for it in COLUMNS]


@require_safe
@staff_page(SEE_CUSTOMERS, "customers.export_customer", discloses=["export"])
def export_list(request: StaffRequest) -> StreamingHttpResponse:
    listed = ListForm(request.GET).listed()
    return exported(request, list_customers(request.user, listed), listed.worklist)
