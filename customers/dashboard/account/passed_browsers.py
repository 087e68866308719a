"""Remember, in a signed cookie, that a browser has passed a second factor."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

_COOKIE = "passed_browser"
_AGE = timedelta(days=400)  # browsers keep cookies no longer
_MOST_FACTORS = 20  # per browser, the latest


def passed_browser(request: HttpRequest, factor: int) -> str | None:
    return _marks(request).get(str(factor))


def mark_passed(request: HttpRequest, factor: int, answer: HttpResponse) -> None:
    marks = _marks(request)
    own = {str(factor): marks.pop(str(factor), None) or get_random_string(22)}
    kept = list((own | marks).items())[:_MOST_FACTORS]
    answer.set_signed_cookie(
        _COOKIE,
        ".".join(f"{of}-{mark}" for of, mark in kept),
        max_age=_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _marks(request: HttpRequest) -> dict[str, str]:
    value = request.get_signed_cookie(_COOKIE, default="", max_age=_AGE)
    return dict(part.split("-", 1) for part in value.split(".")) if value else {}
