"""Remember, in a signed cookie, which users have signed in with a browser."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

_COOKIE = "known_browser"
_AGE = timedelta(days=400)  # browsers keep cookies no longer
_MOST_USERS = 20  # per browser, the latest


def is_known(request: HttpRequest, user: User) -> bool:
    return str(user.pk) in _users(request)


def remember(request: HttpRequest, user: User, answer: HttpResponse) -> None:
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
