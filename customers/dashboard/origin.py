"""Say where a request comes from, for the disclosure log, the security events and the pauses."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from customers.dashboard.browsers import browser_of
from customers.services.origin import Origin, asked_from

PURPOSE = "purpose"  # the session's key
_REQUEST_ID = "HTTP_X_REQUEST_ID"  # checked, or made, by the first middleware


class OriginMiddleware:
    """Everything that is recorded while a request is answered is recorded as coming from it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        origin = Origin(
            ip_address=client_address(request),
            purpose=request.session.get(PURPOSE, ""),
            browser=browser_of(request.META.get("HTTP_USER_AGENT", "")),
            request_id=request.META.get(_REQUEST_ID, ""),
            user=request.user,  # read from the database only if somebody asks for it
        )
        with asked_from(origin):
            return self._get_response(request)


def client_address(request: HttpRequest) -> str | None:
    """The address of the browser: PROXY_COUNT says how many proxies have added theirs behind it.

    What stands further left in X-Forwarded-For was sent by the browser itself, and is not believed.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PROXY_COUNT:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(forwarded) >= settings.PROXY_COUNT:
            address = forwarded[-settings.PROXY_COUNT].strip()
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return None
