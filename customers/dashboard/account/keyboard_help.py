"""The page of keyboard shortcuts; scripts show it as a dialog."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from customers.dashboard.site import StaffRequest, staff_page


@require_safe
@staff_page()
def keys(request: StaffRequest) -> HttpResponse:
    return render(request, "keys/keys.html")
