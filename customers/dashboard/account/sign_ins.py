"""The user's recent sign-ins and account events."""

from django.contrib import admin
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from customers.dashboard.site import StaffRequest
from customers.services.accounts.security_events import security_events_of

_A_PAGE = 50


@require_safe
@admin.site.admin_view
def sign_ins(request: StaffRequest) -> HttpResponse:
    found = list(security_events_of(request.user, request.GET.get("before", ""))[: _A_PAGE + 1])
    context = {
        "events": found[:_A_PAGE],
        "before": found[_A_PAGE - 1].pk if len(found) > _A_PAGE else None,
        "is_later_page": "before" in request.GET,
    }
    return render(request, "sign_ins/sign_ins.html", context)
