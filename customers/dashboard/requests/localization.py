"""Show pages in the reader's own language and time zone."""

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation

from customers.services.accounts.language_and_zone import language_of, zone_of


class LocalizationMiddleware:
    """Strangers read the language of their cookie or browser, and TIME_ZONE."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if SESSION_KEY not in request.session or not request.user.is_authenticated:
            return self._get_response(request)
        user = request.user
        if language := language_of(user):
            translation.activate(language)
            request.LANGUAGE_CODE = language
        with timezone.override(zone_of(user)):
            return self._get_response(request)
