"""Back from the sign-in provider."""

import time
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from customers.dashboard.account.confirmation import note_confirmed
from customers.dashboard.account.sign_in import note_sign_in
from customers.dashboard.requests.session_timeout import begin_session
from customers.dashboard.single_sign_on.marks import (
    FACTOR_AT_PROVIDER,
    PROVIDER_SESSION,
    TO_CONFIRM,
    TO_CONNECT,
    TO_SIGN_IN,
    ProviderStep,
    take_form,
    take_step,
)
from customers.dashboard.single_sign_on.refused_page import failed
from customers.dashboard.site import StaffRequest, lacks_second_factor, password_page
from customers.models import SecurityEvent
from customers.services.accounts.second_factor import factor_of
from customers.services.accounts.security_events import record_event
from customers.services.single_sign_on.admit import signed_in
from customers.services.single_sign_on.configuration import SingleSignOn
from customers.services.single_sign_on.identities import (
    AlreadyConnected,
    connect,
    identity_of,
    note_signed_in,
)
from customers.services.single_sign_on.provider import ProviderAnswer, redeem
from customers.services.single_sign_on.provider_sessions import open_session
from customers.services.single_sign_on.sign_in_refused import (
    ProviderAway,
    SignInRefused,
    WhyRefused,
)


@require_safe
@never_cache
@sensitive_variables("answer")
def provider_callback(request: HttpRequest) -> HttpResponse:
    sso: SingleSignOn | None = settings.OIDC
    if sso is None:
        raise Http404
    step = take_step(request, request.GET.get("state", ""))
    if step is None:
        return failed(request, SignInRefused(WhyRefused.STATE), reverse("admin:login"))
    try:
        answer = _redeemed(request, sso, step)
        return _ENDS[step.purpose](request, sso, step, answer)
    except (ProviderAway, SignInRefused) as exc:
        way = f"{reverse('admin:login')}?{urlencode({'next': step.way})}"
        return failed(request, exc, way if step.purpose == TO_SIGN_IN else step.way)


@require_safe
@password_page
def confirmed(request: StaffRequest) -> HttpResponse:
    form = take_form(request)
    if form is None:
        return redirect_to_login(reverse("overview"))
    return render(request, "single_sign_on/confirmed.html", {"form": form})


def _redeemed(request: HttpRequest, sso: SingleSignOn, step: ProviderStep) -> ProviderAnswer:
    code = request.GET.get("code", "")
    if "error" in request.GET or not code:
        raise SignInRefused(WhyRefused.PROVIDER)
    if request.GET.get("iss", sso.issuer) != sso.issuer:  # RFC 9207
        raise SignInRefused(WhyRefused.CLAIMS)
    return redeem(
        sso,
        code,
        redirect_uri=step.redirect_uri,
        nonce=step.nonce,
        code_verifier=step.code_verifier,
    )


def _sign_in(
    request: HttpRequest, sso: SingleSignOn, step: ProviderStep, answer: ProviderAnswer
) -> HttpResponse:
    identity = signed_in(sso, answer.claims)
    user = identity.user
    is_first = user.last_login is None
    login(request, user)
    begin_session(request)
    request.session[PROVIDER_SESSION] = open_session(identity, answer)
    if answer.claims.has(sso.second_factor):
        request.session[FACTOR_AT_PROVIDER] = True
    note_confirmed(request, min(answer.claims.auth_time, time.time()))
    # Who has none yet is complete as far as this goes, and is led to set one up.
    if factor_of(user) and lacks_second_factor(request):
        record_event(SecurityEvent.Code.CODE_ASKED, user=user)
        return redirect(f"{reverse('second_factor')}?{urlencode({'next': step.way})}")
    response = redirect(step.way)
    note_sign_in(request, user, response, is_first=is_first)
    return response


def _connect(
    request: HttpRequest, sso: SingleSignOn, step: ProviderStep, answer: ProviderAnswer
) -> HttpResponse:
    user = _still_signed_in(request)
    if lacks_second_factor(request):
        raise SignInRefused(WhyRefused.STATE, user)
    if not answer.claims.is_since(step.begun_at):
        raise SignInRefused(WhyRefused.NOT_RECENT, user)
    try:
        note_signed_in(connect(user, sso, answer.claims.subject))
    except AlreadyConnected:
        messages.error(request, _("This account at the provider is connected to another user."))
    else:
        messages.success(request, _("Connected. You can sign in there from now on."))
    return redirect(step.way)


def _confirm(
    request: HttpRequest, sso: SingleSignOn, step: ProviderStep, answer: ProviderAnswer
) -> HttpResponse:
    user = _still_signed_in(request)
    identity = identity_of(user, sso)
    if identity is None or identity.subject != answer.claims.subject:
        raise SignInRefused(WhyRefused.OTHER_USER, user)
    if not answer.claims.is_since(step.begun_at):
        raise SignInRefused(WhyRefused.NOT_RECENT, user)
    if FACTOR_AT_PROVIDER in request.session and not answer.claims.has(sso.second_factor):
        raise SignInRefused(WhyRefused.SECOND_FACTOR, user)
    note_signed_in(identity)
    note_confirmed(request, time.time())
    return redirect("confirmed_at_provider")


def _still_signed_in(request: HttpRequest) -> User:
    user = cast("User", request.user)
    if not (user.is_active and user.is_staff):
        raise SignInRefused(WhyRefused.STATE)
    return user


_ENDS = {TO_SIGN_IN: _sign_in, TO_CONNECT: _connect, TO_CONFIRM: _confirm}
