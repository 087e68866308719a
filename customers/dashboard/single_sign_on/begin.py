"""Send the browser to the sign-in provider: to sign in, to connect an account, or to confirm."""

import time

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from customers.dashboard.account.confirmation import may_ask_to_confirm, require_confirmation
from customers.dashboard.back import way_back
from customers.dashboard.posting import form_of
from customers.dashboard.single_sign_on.marks import (
    TO_CONFIRM,
    TO_CONNECT,
    TO_SIGN_IN,
    ProviderStep,
    form_to_confirm,
    remember_step,
)
from customers.dashboard.single_sign_on.refused_page import failed
from customers.dashboard.site import StaffRequest, password_page
from customers.services.single_sign_on.configuration import SingleSignOn
from customers.services.single_sign_on.identities import identity_of
from customers.services.single_sign_on.provider import depart
from customers.services.single_sign_on.sign_in_refused import ProviderAway, SignInRefused

_AGAIN = {"prompt": "login", "max_age": "0"}  # however recently they signed in there


@require_safe
@never_cache
def sign_in_at_provider(request: HttpRequest) -> HttpResponse:
    place = f"{reverse('admin:login')}?{urlencode({'next': way_back(request)})}"
    try:
        return redirect(_begun(request, TO_SIGN_IN, way_back(request)))
    except (ProviderAway, SignInRefused) as exc:
        return failed(request, exc, place)


@require_safe
@password_page
def confirm_at_provider(request: StaffRequest) -> HttpResponse:
    """Only while a form waits for it."""
    form = form_to_confirm(request)
    if form is None:
        return redirect_to_login(reverse("overview"))
    try:
        return redirect(_begun(request, TO_CONFIRM, form.back, **_AGAIN))
    except (ProviderAway, SignInRefused) as exc:
        return failed(request, exc, form.back)


@form_of("sign_ins")
@admin.site.admin_view
@may_ask_to_confirm(back="sign_ins")
def connect_at_provider(request: StaffRequest) -> HttpResponse:
    """A page in between: browsers let a form redirect to this portal alone (form-action)."""
    sso = _configured()
    if identity_of(request.user, sso):
        return redirect("sign_ins")
    require_confirmation(request)
    try:
        url = _begun(request, TO_CONNECT, reverse("sign_ins"), **_AGAIN)
    except (ProviderAway, SignInRefused) as exc:
        return failed(request, exc, reverse("sign_ins"))
    return render(request, "single_sign_on/onward.html", {"provider": sso.name, "url": url})


def _configured() -> SingleSignOn:
    sso: SingleSignOn | None = settings.OIDC
    if sso is None:
        raise Http404
    return sso


def _begun(request: HttpRequest, purpose: str, way: str, **parameters: str) -> str:
    sso = _configured()
    if sso.second_factor and sso.second_factor.claim == "acr":
        parameters["acr_values"] = sso.second_factor.value
    redirect_uri = request.build_absolute_uri(reverse("provider_callback"))
    begun = depart(sso, redirect_uri, **parameters)
    step = ProviderStep(purpose, time.time(), way, redirect_uri, begun.nonce, begun.code_verifier)
    remember_step(request, begun.state, step)
    return begun.url
