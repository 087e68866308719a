"""Addresses that forms are sent to: whoever opens one, or has no session, is led to the page."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from customers.dashboard.back import way_back

View = Callable[..., HttpResponseBase]
MayPost = Callable[[HttpRequest], bool]


def is_signed_in(request: HttpRequest) -> bool:
    """Whether it is staff that has passed everything that sign-in asks for."""
    return admin.site.has_permission(request)


def has_typed_the_password(request: HttpRequest) -> bool:
    """Whether it is staff, even if the second factor is still to come."""
    user = cast("User", request.user)
    return user.is_active and user.is_staff


def form_of(page: str, *names: str, may_post: MayPost = is_signed_in) -> Callable[[View], View]:
    """Take POST alone. Who opens the address is led to `page`, whose parameters have `names`."""

    def decorate(view: View) -> View:
        send = returns_to(page, *names, may_post=may_post)(view)

        @wraps(view)
        def posted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method in {"GET", "HEAD"}:
                return redirect(_address(page, names, kwargs))
            if request.method != "POST":
                return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
            return send(request, *args, **kwargs)

        return posted

    return decorate


second_factor_form = form_of("second_factor", may_post=has_typed_the_password)


def returns_to(page: str, *names: str, may_post: MayPost = is_signed_in) -> Callable[[View], View]:
    """Send a POST without a session to sign in, and from there to where its form stood."""

    def decorate(view: View) -> View:
        @wraps(view)
        def sent(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST" and not may_post(request):
                place = _stood_on(request) or _address(page, names, kwargs)
                return redirect_to_login(way_back(request, place), reverse("admin:login"))
            return view(request, *args, **kwargs)

        return sent

    return decorate


def _address(page: str, names: tuple[str, ...], given: dict[str, Any]) -> str:
    return reverse(page, kwargs={name: given[name] for name in names})


def _stood_on(request: HttpRequest) -> str:
    """The page of this portal that the browser names as the one before, if it does."""
    before = request.headers.get("Referer", "")
    url = urlsplit(before) if before.isprintable() else None
    is_ours = url_has_allowed_host_and_scheme(
        before, {request.get_host()}, require_https=request.is_secure()
    )
    if url is None or not is_ours or not url.netloc:
        return ""
    return url._replace(scheme="", netloc="", fragment="").geturl()
