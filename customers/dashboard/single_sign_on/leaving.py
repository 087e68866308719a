"""After sign-out here, sign out at the provider."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from customers.dashboard.single_sign_on.marks import take_leaving
from customers.services.single_sign_on.provider_sessions import close_session


@require_safe
@never_cache
def signed_out(request: HttpRequest) -> HttpResponse:
    """A page in between: browsers let a form redirect to this portal alone (form-action)."""
    return render(request, "single_sign_on/signed_out.html")


@require_safe
@never_cache
def leave_provider(request: HttpRequest) -> HttpResponse:
    """With an id token in the address, as the protocol wants it; so no page holds one."""
    key, back = take_leaving(request), reverse("admin:login")
    url = close_session(key, request.build_absolute_uri(back)) if key else ""
    return redirect(url or back)
