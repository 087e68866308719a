"""The list of organizations: worklists, filters, search, export, check selected."""

import re
from dataclasses import replace

from django.contrib.auth.models import User
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from customers.dashboard.back import way_back
from customers.dashboard.forms import ListForm
from customers.dashboard.lists.rows import Row, rows
from customers.dashboard.organizations.checked import check_and_say
from customers.dashboard.posting import form_of
from customers.dashboard.site import SEE_CUSTOMERS, StaffRequest, staff_page
from customers.database.capped_counts import COUNT_CAP
from customers.models import Customer
from customers.services.access.visible import visible_customers
from customers.services.checking.check import Checked, check_many
from customers.services.checking.reverify import REVERIFIED, Reverified, reverify
from customers.services.disclosures.log import record
from customers.services.facts.table import BY_NAME, FACTS
from customers.services.lists.counts import WorklistCounts, worklist_counts
from customers.services.lists.export import export
from customers.services.lists.filter_choices import choices
from customers.services.lists.listing import (
    LONGEST_PAGE,
    Listed,
    Page,
    list_customers,
    page,
)
from customers.services.lists.renewed_cards import renewals
from customers.services.lists.shared_cards import sharing
from customers.services.lists.worklists import BY_KEY, WORKLISTS
from customers.services.search.match_reasons import reasons
from customers.services.search.unfound import Unfound, unfound
from customers.services.wording.formats import capped_words
from customers.services.wording.isolation import plain

_SORT_LABELS = (
    ("name", gettext_lazy("Name")),
    ("-checked", gettext_lazy("Last checked, newest")),
    ("checked", gettext_lazy("Last checked, oldest")),
    ("-changed", gettext_lazy("Recently changed")),
    *(sort for fact in FACTS for sort in fact.sorts),
    ("-since", gettext_lazy("Since when, newest")),
    ("since", gettext_lazy("Since when, oldest")),
)
# The content type of each format of an export, and how its file's name ends.
_KINDS_OF_FILES = {
    "csv": ("text/csv", ".csv"),
    "excel": ("text/csv", "-excel.csv"),
    "jsonl": ("application/x-ndjson", ".jsonl"),
}


@require_safe
@staff_page(discloses=["list"])
def organizations(request: StaffRequest) -> HttpResponse:
    user, listed = request.user, ListForm(request.GET).listed()
    found = page(user, listed)
    verified = _verified(request, listed, found)
    if verified.checked or verified.failed:
        found = page(user, listed)
    owner = _card_owner(user, listed)
    is_whole = not (listed.text or listed.filters or listed.mode or listed.after)
    has_news = is_whole and listed.worklist in REVERIFIED
    renewed = renewals(user, listed.worklist) if has_news else []
    counted = None if listed.is_narrowed else worklist_counts(user)
    told = {*found.rows, *(renewal.customer for renewal in renewed)}
    record(user, {*told, owner} if owner else told, "list")
    return render(
        request,
        "organizations/list.html",
        {
            "listed": listed,
            "page": found,
            "rows": _rows(user, listed, found),
            "worklist": BY_KEY.get(listed.worklist),
            "tabs": _tabs(counted, listed, found),
            "counted_at": counted and counted.counted_at,
            "card_owner": owner,
            "verified": verified,
            "renewals": renewed,
            "filters": _filters(user, listed),
            "sorts": _sorts(listed),
            "is_filtered": bool(listed.filters or listed.mode or listed.expires),
            "unfound": _unfound(user, listed, found),
        },
    )


def _verified(request: StaffRequest, listed: Listed, found: Page) -> Reverified:
    """Ask again about stale rows before saying that a card expires; not for a look ahead."""
    if listed.worklist not in REVERIFIED or request.method != "GET":
        return Reverified()
    return reverify(request.user, found.rows)


def _rows(user: User, listed: Listed, found: Page) -> list[Row]:
    """The rows in words; whom else a card pays is not said where that is what is listed."""
    worklist = BY_KEY.get(listed.worklist)
    shared = {} if listed.card_of else sharing(user, found.rows)
    return list(rows(user, found.rows, reasons(user, found.rows, listed.text), shared, worklist))


def _unfound(user: User, listed: Listed, found: Page) -> Unfound:
    missing = unfound(user, listed.text, has_hits=bool(found.rows))
    return replace(missing, left_out=missing.left_out + listed.left_out)


def _tabs(
    counted: WorklistCounts | None, listed: Listed, found: Page
) -> list[tuple[str, str, str]]:
    """The worklists, each with how many are on it; not counted where the list is narrowed."""
    labels = {"": _("All")} | {worklist.key: str(worklist.label) for worklist in WORKLISTS}
    if counted is None:
        return [(key, label, "") for key, label in labels.items()]
    said = {key: capped_words(count, COUNT_CAP) for key, count in counted.counts.items()}
    said[listed.worklist] = capped_words(found.count + found.is_capped, found.count)
    return [(key, label, said[key]) for key, label in labels.items()]


def _card_owner(user: User, listed: Listed) -> Customer | None:
    """The organization whose card is asked for, if `user` may see it."""
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
        for name, values in choices(user).items()
    ]


def _sorts(listed: Listed) -> list[tuple[str, Promise]]:
    return [sort for sort in _SORT_LABELS if listed.worklist or "since" not in sort[0]]


@require_safe
@staff_page(SEE_CUSTOMERS, "customers.export_customer", discloses=["export"])
def export_list(request: StaffRequest) -> StreamingHttpResponse:
    listed = ListForm(request.GET).listed()
    asked = request.GET.get("format", "")
    format_ = asked if asked in _KINDS_OF_FILES else "csv"
    customers = list_customers(request.user, listed)
    kind, ending = _KINDS_OF_FILES[format_]
    name = re.sub(r"[^a-z-]", "", listed.worklist) or "organizations"
    return StreamingHttpResponse(
        export(request.user, customers, format_, "export"),
        content_type=f"{kind}; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}-{timezone.localdate()}{ending}"'
        },
    )


@form_of("organizations")
@staff_page()
def check_selected(request: StaffRequest) -> HttpResponse:
    chosen = visible_customers(request.user).filter(
        organization__org_id__in=[
            text for text in request.POST.getlist("org_id")[:LONGEST_PAGE] if text.isprintable()
        ]
    )
    org_ids = list(chosen.values_list("organization__org_id", flat=True))
    check_and_say(
        request,
        lambda: check_many(request.user, org_ids) if org_ids else Checked(0, 0),
        _("Select at least one organization to check."),
    )
    return HttpResponseRedirect(way_back(request, reverse("organizations")))
