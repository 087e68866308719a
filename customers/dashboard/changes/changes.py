"""The changes of all organizations that the user may see, and all of them as a file."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from customers.dashboard.changes.bell import is_watching, ring
from customers.dashboard.changes.change_links import change_rail, period_links
from customers.dashboard.changes.change_query import ChangesAsked, ChangesForm, change_chips
from customers.dashboard.changes.change_rows import cut_days, day_rows, days_of
from customers.dashboard.lists.exported import file_of
from customers.dashboard.lists.list_query import hidden_fields
from customers.dashboard.site import SEE_CUSTOMERS, StaffRequest, staff_page
from customers.services.changes.change_counts import ChangeCounts, count_changes, count_links
from customers.services.changes.change_export import export_changes
from customers.services.changes.change_feed import CHANGES_PER_PAGE, Feed, feed
from customers.services.changes.change_filter import KIND_LABELS, UNREAD, WATCHED, WHOSE
from customers.services.changes.periods import VISIT
from customers.services.disclosures.log import record
from customers.services.lists.page_place import PagePlace, later_start
from customers.services.watching.unread import unread_among


@require_safe
@staff_page(discloses=["changes"])
def changes(request: StaffRequest) -> HttpResponse:
    user, asked = request.user, ChangesForm(request.GET).asked_by(request.user)
    found = feed(user, asked.wanted, asked.place)
    days = days_of(found.lines)
    cut = cut_days(days, is_later=bool(found.previous), has_more=bool(found.next))
    counts = count_changes(user, asked.wanted, cut)
    linked = count_links(user, asked.wanted, asked.last_visit)
    bell = ring(request)
    shown = [line.change for line in found.lines]
    unread = unread_among(user, shown) if bell.count else set[int]()
    is_of_watched = asked.wanted.whose in {WATCHED, UNREAD}
    record(user, found.customers, "changes")
    return render(
        request,
        "changes/changes.html",
        {
            "days": day_rows(days, counts, unread),
            "page": _place(asked, found, counts),
            "rail": change_rail(request.GET, asked, counts, linked, bell.count),
            "counted_at": linked.counted_at,
            "asked": asked,
            "has_no_visit": request.GET.get("since") == VISIT and not asked.last_visit,
            "chips": change_chips(request.GET, asked),
            "periods": period_links(request.GET, asked),
            "kinds": KIND_LABELS.items(),
            "whose": WHOSE.items(),
            "is_of_watched": is_of_watched,
            "watches_none": is_of_watched and not is_watching(request),
            "bell": bell,
            "now": timezone.now().isoformat(),
            "hidden_beside_days": hidden_fields(request.GET, {"since", "until"}),
            "hidden_beside_filters": hidden_fields(request.GET, {"kind", "org", "whose"}),
        },
    )


@require_safe
@staff_page(SEE_CUSTOMERS, "customers.export_customer", discloses=["export"])
def export_the_changes(request: StaffRequest) -> StreamingHttpResponse:
    wanted = ChangesForm(request.GET).asked_by(request.user).wanted
    return file_of(
        request, "changes", lambda format_: export_changes(request.user, wanted, format_)
    )


def _place(asked: ChangesAsked, found: Feed, counts: ChangeCounts) -> PagePlace:
    length, has_more = len(found.lines), bool(found.next)
    count = max(counts.all, length)
    start = min(1, length)
    if found.previous:
        start = later_start(asked.start, length, count, counts.cap, has_more=has_more)
    return PagePlace(
        next=found.next,
        previous=found.previous,
        start=start,
        length=length,
        size=CHANGES_PER_PAGE,
        count=min(count, counts.cap),
        is_capped=count > counts.cap,
    )
