"""Mark a browser, in a long-lived signed cookie, as one that a user has signed in with."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

_COOKIE = "known_browser"
_AGE = timedelta(days=400)  # browsers keep none for longer
_MOST_USERS = 20  # of one browser, the latest


def is_known(request: HttpRequest, user: User) -> bool:
    """Whether `user` has completed a sign-in with this browser before."""
    return str(user.pk) in _users(request)


def remember(request: HttpRequest, user: User, answer: HttpResponse) -> None:
    """Mark the browser as one of `user`, beside those who used it before."""
    own = str(user.pk)
    others = [key for key in _users(request) if key != own]
    answer.set_signed_cookie(
        _COOKIE,
        ".".join([own, *others][:_MOST_USERS]),
        max_age=_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _users(request: HttpRequest) -> list[str]:
    value = request.get_signed_cookie(_COOKIE, default="", max_age=_AGE)
    return value.split(".") if value else []
