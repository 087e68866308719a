"""Addresses of forms: a GET, or a POST without a session, ends on the page with the form."""

from collections.abc import Callable, Sequence
from functools import wraps
from http import HTTPStatus
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
from customers.dashboard.drafts import PARAMETER, drop_sent, kept_for_writer, with_draft

View = Callable[..., HttpResponseBase]
MayPost = Callable[[HttpRequest], bool]


def is_signed_in(request: HttpRequest) -> bool:
    """Whether the user is staff and has completed every step of sign-in."""
    return admin.site.has_permission(request)


def has_typed_the_password(request: HttpRequest) -> bool:
    """Whether the user is staff, even if the second factor is still missing."""
    user = cast("User", request.user)
    return user.is_active and user.is_staff


def form_of(
    page: str, *names: str, may_post: MayPost = is_signed_in, keeps: Sequence[str] = ()
) -> Callable[[View], View]:
    """Allow only POST; redirect a GET to `page`, whose URL parameters are `names`.
    The fields that it `keeps` outlast an ended session: see drafts.py."""

    def decorate(view: View) -> View:
        send = returns_to(page, *names, may_post=may_post, keeps=keeps)(view)

        @wraps(view)
        def posted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method in {"GET", "HEAD"}:
                draft = request.GET.get(PARAMETER, "")
                return redirect(with_draft(_address(page, names, kwargs), draft))
            if request.method != "POST":
                return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
            return send(request, *args, **kwargs)

        vars(posted).update(keeps=keeps, page_names=names)
        return posted

    return decorate


second_factor_form = form_of("second_factor", may_post=has_typed_the_password)


def returns_to(
    page: str, *names: str, may_post: MayPost = is_signed_in, keeps: Sequence[str] = ()
) -> Callable[[View], View]:
    """Send a POST without a session to sign-in, and from there back to the form's page."""

    def decorate(view: View) -> View:
        @wraps(view)
        def sent(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST" and not may_post(request):
                place = way_back(request, _referring_page(request) or _address(page, names, kwargs))
                return redirect_to_login(
                    kept_for_writer(request, keeps, place), reverse("admin:login")
                )
            answer = view(request, *args, **kwargs)
            if answer.status_code == HTTPStatus.FOUND:
                drop_sent(request)
            return answer

        vars(sent).update(keeps=keeps, page_names=names)
        return sent

    return decorate


def _address(page: str, names: tuple[str, ...], url_kwargs: dict[str, Any]) -> str:
    return reverse(page, kwargs={name: url_kwargs[name] for name in names})


def _referring_page(request: HttpRequest) -> str:
    """The path of the Referer, if it is a page of this portal."""
    referer = request.headers.get("Referer", "")
    url = urlsplit(referer) if referer.isprintable() else None
    is_ours = url_has_allowed_host_and_scheme(
        referer, {request.get_host()}, require_https=request.is_secure()
    )
    if url is None or not is_ours or not url.netloc:
        return ""
    return url._replace(scheme="", netloc="", fragment="").geturl()
