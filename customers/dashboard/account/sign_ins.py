from django.conf import settings
from django.contrib import admin
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from customers.dashboard.site import StaffRequest
from customers.services.accounts.security_events import security_events_of
from customers.services.single_sign_on.configuration import SingleSignOn
from customers.services.single_sign_on.identities import identity_of

_PAGE_SIZE = 50


@require_safe
@admin.site.admin_view
def sign_ins(request: StaffRequest) -> HttpResponse:
    found = list(security_events_of(request.user, request.GET.get("before", ""))[: _PAGE_SIZE + 1])
    sso: SingleSignOn | None = settings.OIDC
    context = {
        "provider": sso.name if sso else "",
        "identity": identity_of(request.user, sso) if sso else None,
        "events": found[:_PAGE_SIZE],
        "before": found[_PAGE_SIZE - 1].pk if len(found) > _PAGE_SIZE else None,
        "is_later_page": "before" in request.GET,
    }
    return render(request, "sign_ins/sign_ins.html", context)
