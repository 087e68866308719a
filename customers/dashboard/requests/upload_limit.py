"""Refuse oversized uploads before reading them."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language_from_request, override

_MEGABYTE = 1024 * 1024


class UploadLimitMiddleware:
    """Checks Content-Length; Django reads no body without one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > settings.MAX_UPLOAD_MB * _MEGABYTE:
            return _too_large(request)
        return self._get_response(request)


def _too_large(request: HttpRequest) -> HttpResponseBase:
    """The language middleware has not run yet."""
    with override(get_language_from_request(request)):
        return render(request, "errors/413.html", {"most": settings.MAX_UPLOAD_MB}, status=413)
