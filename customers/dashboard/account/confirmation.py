"""Ask for the password again before security-sensitive account changes."""

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
from customers.dashboard.site import StaffRequest
from customers.services.accounts.account_changes import Doer, Unconfirmed
from customers.services.accounts.passwords import is_own_password

_CONFIRMED = "confirmed_at"  # session key
_LASTS = timedelta(minutes=10)
_PASSWORD = "own_password"


class OwnPasswordForm(forms.Form):
    own_password = forms.CharField(
        label=_("Password for this portal"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, request: StaffRequest) -> None:
        super().__init__(request.POST if _PASSWORD in request.POST else None)
        self.user = request.user

    def clean_own_password(self) -> str:
        typed = str(self.cleaned_data["own_password"])
        if not is_own_password(self.user, typed):
            raise forms.ValidationError(_("Wrong password."))
        return typed


def may_ask_to_confirm(
    *carried: str, back: str = "second_factor"
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Show a password page if the view raises Unconfirmed, then repeat the form.

    The page carries the values named in `carried`, but no secrets: these are typed again.
    """

    def page(request: HttpRequest, form: OwnPasswordForm) -> HttpResponse:
        sent = [(name, value) for name in carried for value in request.POST.getlist(name)]
        context = {"form": form, "carried": sent, "back": reverse(back)}
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
                request.session[_CONFIRMED] = time.time()
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
    session = request.session
    latest = max(session.get(BEGAN, 0), session.get(_CONFIRMED, 0))
    return bool(0 <= time.time() - latest < _LASTS.total_seconds())


def has_just_confirmed(request: HttpRequest) -> bool:
    """Whether the request comes from the password page, and so lacks the form's secrets."""
    return _PASSWORD in request.POST


def doer(request: HttpRequest) -> Doer:
    return Doer(request.session.session_key, is_confirmed(request))
