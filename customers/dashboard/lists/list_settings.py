"""Keep which columns and how many rows a user's lists have."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from customers.dashboard.back import way_back
from customers.dashboard.posting import form_of
from customers.dashboard.saved_views.view_urls import with_columns
from customers.dashboard.site import StaffRequest, staff_page
from customers.services.lists.preferences import preferences_of, save_preferences


@form_of("organizations")
@staff_page()
def list_settings(request: StaffRequest) -> HttpResponse:
    size = request.POST.get("page_size", "")
    is_number = size.isascii() and size.isdigit() and len(size) < len("1000")
    columns = [] if "reset" in request.POST else request.POST.getlist("column")
    back, rows = way_back(request, reverse("organizations")), int(size) if is_number else 0
    if "of_view" in request.POST:  # until the view is updated, only this list has them
        save_preferences(request.user, preferences_of(request.user).columns, rows)
        return HttpResponseRedirect(with_columns(back, columns))
    save_preferences(request.user, columns, rows)
    return HttpResponseRedirect(with_columns(back, ()))
