"""Go to the next or previous organization of a list."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from customers.dashboard.organizations.came_from import list_named_by, url_keeping_list
from customers.dashboard.site import StaffRequest, staff_page
from customers.services.lists.listing import Listed
from customers.services.lists.neighbours import neighbour_of


@require_safe
@staff_page()
def next_organization(request: StaffRequest, org_id: str) -> HttpResponse:
    return _step(request, org_id, is_next=True)


@require_safe
@staff_page()
def previous_organization(request: StaffRequest, org_id: str) -> HttpResponse:
    return _step(request, org_id, is_next=False)


def _step(request: StaffRequest, org_id: str, *, is_next: bool) -> HttpResponse:
    """Records nothing: the page that it leads to records its own disclosure, as after a search."""
    listed, _url = list_named_by(request) or (Listed(), "")
    found = neighbour_of(request.user, listed, org_id, is_next=is_next)
    if found is None:
        last = _("That was the last organization on this list.")
        messages.info(
            request, last if is_next else _("That was the first organization on this list.")
        )
    else:
        org_id = found.organization.org_id
    return redirect(url_keeping_list(request, org_id))
