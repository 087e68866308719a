"""What changed across all organizations that one may see."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from customers.dashboard.site import StaffRequest, staff_page
from customers.services.disclosures.log import record
from customers.services.lists.change_feed import KIND_LABELS, feed


@require_safe
@staff_page(discloses=["changes"])
def changes(request: StaffRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    kind = kind if kind in KIND_LABELS else ""
    before = request.GET.get("before", "")
    found = feed(request.user, kind, before)
    record(request.user, found.customers, "changes")
    return render(
        request,
        "changes/changes.html",
        {"feed": found, "kinds": KIND_LABELS.items(), "kind": kind, "is_later_page": bool(before)},
    )
