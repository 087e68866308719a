"""The page shown while password or code entry is paused."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from customers.dashboard.error_pages import paused
from customers.services.accounts.pauses import Paused


class PauseMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return paused(request, exception.until) if isinstance(exception, Paused) else None
