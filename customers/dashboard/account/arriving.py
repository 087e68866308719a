"""A first sign-in with Catalyze: organizations arrive, a few seconds of asking per request."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from customers.dashboard.posting import form_of
from customers.dashboard.row_keys import row_key
from customers.dashboard.site import StaffRequest, staff_page
from customers.services.checking.arrivals import (
    AskedNext,
    arrivals_of,
    ask_about_unmet,
    latest_arrivals,
)
from customers.services.credentials.store import may_ask
from customers.services.disclosures.log import record


@require_safe
@staff_page(discloses=["list"])
def arriving(request: StaffRequest) -> HttpResponse:
    return _page(request, row_key(request.GET.get("after", "")))


@form_of("arriving")
@staff_page(discloses=["list"])
def ask_arriving(request: StaffRequest) -> HttpResponse:
    """A script repeats the request while it goes on; without scripts, the button does."""
    asked = ask_about_unmet(request.user, row_key(request.POST.get("after", "")))
    if "in_place" in request.POST or asked.trouble:
        return _page(request, asked.after, asked)
    return redirect(f"{reverse('arriving')}?after={asked.after}")


def _page(request: StaffRequest, after: int, asked: AskedNext | None = None) -> HttpResponse:
    counted = arrivals_of(request.user)
    rows = latest_arrivals(request.user)
    record(request.user, rows, "list")
    is_left = not counted.is_complete
    goes_on = asked.goes_on if asked else is_left and may_ask(request.user)
    context = {
        "arrivals": counted,
        "rows": rows,
        "after": after,
        "asked": asked,
        "is_left": is_left,
        "goes_on": goes_on,
    }
    is_part = "in_place" in request.POST
    name = "credentials/_arriving.html" if is_part else "credentials/arriving.html"
    return render(request, name, context)
