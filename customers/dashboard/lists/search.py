"""The search box: one hit opens, several are listed, none says what to try."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from customers.dashboard.posting import returns_to
from customers.dashboard.site import StaffRequest, staff_page
from customers.services.search.find import find


@require_http_methods(["GET", "HEAD", "POST"])
@returns_to("organizations")
@staff_page()
def search_box(request: StaffRequest) -> HttpResponse:
    """Find what a ticket is about. It comes by POST, and only its clues go on into a URL, so that
    no pasted mail ends up in a log, and that the list can be pasted into a ticket."""
    given = request.POST if request.method == "POST" else request.GET
    text = given.get("q", "")
    if not text.strip():
        return redirect("organizations")
    found = find(request.user, text)
    if found.opens:
        return redirect("organization", found.opens)
    if not found.query:
        return render(request, "organizations/no_clue.html")
    asked_for = {"q": found.query} | ({"left_out": found.left_out} if found.left_out else {})
    return redirect(f"{reverse('organizations')}?{urlencode(asked_for)}")
