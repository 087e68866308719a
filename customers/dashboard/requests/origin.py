"""Attach the origin of a request to everything that is recorded during it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from customers.dashboard.account.browsers import browser_of
from customers.dashboard.requests.ip_addresses import client_address
from customers.dashboard.requests.proxies import warn_of_hidden_browsers
from customers.services.disclosures.request_origin import Origin, asked_from

PURPOSE = "purpose"  # session key
_REQUEST_ID = "HTTP_X_REQUEST_ID"  # validated or created by the first middleware


class OriginMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        origin = Origin(
            ip_address=client_address(request),
            purpose=request.session.get(PURPOSE, ""),
            browser=browser_of(request.META.get("HTTP_USER_AGENT", "")),
            request_id=request.META.get(_REQUEST_ID, ""),
            user=request.user,  # lazy: queries the database only when used
        )
        warn_of_hidden_browsers(request)
        with asked_from(origin):
            return self._get_response(request)
