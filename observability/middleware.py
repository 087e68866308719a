"""Give each request an id, log it and count it."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from observability.request_id import META_KEY, REQUEST_ID_HEADER, current, request_id_from
from observability.request_metrics import note_request

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponseBase]


def observe(get_response: GetResponse) -> GetResponse:
    """First in MIDDLEWARE, so that answers of other middleware are counted too."""

    def observed(request: HttpRequest) -> HttpResponseBase:
        request_id = request_id_from(request.META.get(META_KEY, ""))
        request.META[META_KEY] = request_id
        token = current.set(request_id)
        started = time.perf_counter()
        try:
            response = get_response(request)
            response[REQUEST_ID_HEADER] = request_id
            _note(request, response.status_code, time.perf_counter() - started)
            return response
        finally:
            current.reset(token)

    return observed


def _note(request: HttpRequest, status: int, seconds: float) -> None:
    """Logs the view name, not the URL, which may contain a search."""
    match = request.resolver_match
    view = match.view_name if match else "none"
    method = request.method or ""
    note_request(view, method, status, seconds)
    logger.info(
        "%s %s %s",
        method,
        view,
        status,
        extra={"method": method, "view": view, "status": status, "ms": round(seconds * 1000, 1)},
    )
