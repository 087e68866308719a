"""The purpose or ticket that the disclosure log records with everything the user views next."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from customers.dashboard.back import way_back
from customers.dashboard.forms import PurposeForm
from customers.dashboard.posting import form_of
from customers.dashboard.requests.origin import PURPOSE
from customers.dashboard.site import StaffRequest, staff_page


@form_of("overview", keeps=("purpose",))
@staff_page()
def purpose(request: StaffRequest) -> HttpResponse:
    back = way_back(request)
    form = PurposeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A reason can have at most 200 characters. Nothing was changed."))
        return redirect(back)
    request.session[PURPOSE] = form.cleaned_data["purpose"]
    messages.success(request, _("Saved. It is logged with every page you open."))
    return redirect(back)
