"""Accept the answers of a mass change."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from customers.dashboard.posting import form_of
from customers.dashboard.site import StaffRequest, staff_page
from customers.services.checking.release_held import accept_mass_change

_MAY_ACCEPT = "customers.accept_mass_change"


@form_of("overview")
@staff_page(_MAY_ACCEPT)
def accept_held_answers(request: StaffRequest) -> HttpResponse:
    if accept_mass_change(request.user):
        messages.success(request, _("Accepted. Lists and pages show it now."))
    else:
        messages.info(request, _("Nothing is being held back."))
    return redirect("overview")
