"""Ask for the password, or a sign-in at the provider, before security-sensitive account changes."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from customers.dashboard.requests.session_timeout import BEGAN
from customers.dashboard.single_sign_on.marks import (
    Confirming,
    began_at_provider,
    remember_form,
)
from customers.dashboard.site import StaffRequest
from customers.services.accounts.account_changes import Doer, Unconfirmed
from customers.services.accounts.passwords import is_own_password

_CONFIRMED = "confirmed_at"  # session key
_LASTS = timedelta(minutes=10)
_PASSWORD = "own_password"
_AT_PROVIDER = "confirmed_at_provider"  # a field of the form that is sent after that


class OwnPasswordForm(forms.Form):
    own_password = forms.CharField(
        label=_("Password for this portal"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, request: StaffRequest) -> None:
        is_typed = _PASSWORD in request.POST and not began_at_provider(request)
        super().__init__(request.POST if is_typed else None)
        self.user = request.user

    def clean_own_password(self) -> str:
        typed = str(self.cleaned_data["own_password"])
        if not is_own_password(self.user, typed):
            raise forms.ValidationError(_("Wrong password."))
        return typed


def may_ask_to_confirm(
    *carried: str, back: str = "second_factor"
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """If the view raises Unconfirmed, show a password page (or go to the provider), then repeat the
    form with the values named in `carried`. Secrets are not carried: they must be typed again."""

    def page(request: StaffRequest, form: OwnPasswordForm) -> HttpResponse:
        sent = [[name, value] for name in carried for value in request.POST.getlist(name)]
        context = {"form": form, "carried": sent, "back": reverse(back)}
        if began_at_provider(request):
            remember_form(request, Confirming(request.path, sent, reverse(back)))
            context["is_at_provider"] = True
        return render(request, "confirmation/confirmation.html", context)

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @sensitive_post_parameters()
        @never_cache
        @wraps(view)
        def decorated(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            form = OwnPasswordForm(request)
            if form.is_bound:
                if not form.is_valid():
                    return page(request, form)
                note_confirmed(request, time.time())
            try:
                return view(request, *args, **kwargs)
            except Unconfirmed:
                return page(request, form)

        return decorated

    return decorate


def require_confirmation(request: HttpRequest) -> None:
    if not is_confirmed(request):
        raise Unconfirmed


def is_confirmed(request: HttpRequest) -> bool:
    """Someone who signed in at the provider may have typed the password there hours ago."""
    session = request.session
    began = 0 if began_at_provider(request) else session.get(BEGAN, 0)
    latest = max(began, session.get(_CONFIRMED, 0))
    return bool(0 <= time.time() - latest < _LASTS.total_seconds())


def note_confirmed(request: HttpRequest, moment: float) -> None:
    request.session[_CONFIRMED] = moment


def has_just_confirmed(request: HttpRequest) -> bool:
    """Whether the request comes from such a page, and so lacks the secrets of the form."""
    return _PASSWORD in request.POST or _AT_PROVIDER in request.POST


def doer_of(request: HttpRequest) -> Doer:
    return Doer(request.session.session_key, is_confirmed(request))
