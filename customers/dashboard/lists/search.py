"""The search box: open the only hit, list several, or say what to try."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from customers.dashboard.pasted.paste import keep_pasted, paste_page
from customers.dashboard.posting import returns_to
from customers.dashboard.site import StaffRequest, staff_page
from customers.services.pasted_lists.pasted_text import reads_as_list
from customers.services.search.find import find


@require_http_methods(["GET", "HEAD", "POST"])
@returns_to("organizations", keeps=("q",))
@staff_page()
def search_box(request: StaffRequest) -> HttpResponse:
    """Redirect to the hits. Only clues go into the URL, so no pasted ticket gets into a log."""
    parameters = request.POST if request.method == "POST" else request.GET
    text = parameters.get("q", "")
    if not text.strip():
        return redirect("organizations")
    lines = parameters.get("lines", "") or text
    if reads_as_list(lines):
        if request.method == "POST":
            return keep_pasted(request, request.user, lines)
        return paste_page(request, request.user, lines)
    found = find(request.user, text)
    if found.opens:
        return redirect("organization", found.opens)
    if not found.query:
        return render(request, "organizations/no_clue.html")
    query = {"q": found.query} | ({"left_out": found.left_out} if found.left_out else {})
    return redirect(f"{reverse('organizations')}?{urlencode(query)}")
