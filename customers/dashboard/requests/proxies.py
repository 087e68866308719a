"""Warn hourly if all forwarded requests share one address: PROXY_COUNT is wrong."""

import logging
import math
import threading
import time

from django.conf import settings
from django.http import HttpRequest

from customers.dashboard.requests.ip_addresses import (
    client_address,
    forwarded_for,
    is_forwarded,
    peer_address,
)

logger = logging.getLogger(__name__)
_HOUR = 3600.0


class OneAddress:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: str | None = ""
        self._differed_at = self._warned_at = -math.inf

    def needs_warning(self, address: str | None, now: float) -> bool:
        with self._lock:
            if address != self._last and self._last != "":
                self._differed_at = now
            self._last = address
            if now - max(self._differed_at, self._warned_at) < _HOUR:
                return False
            self._warned_at = now
            return True


_seen = OneAddress()


def warn_of_hidden_browsers(request: HttpRequest) -> None:
    count = settings.PROXY_COUNT
    if not is_forwarded(request) or (count and len(forwarded_for(request)) == count):
        return
    address = client_address(request) if count else peer_address(request)
    if _seen.needs_warning(address, time.monotonic()):
        logger.warning(
            "All requests that were forwarded come from one address (%s): the addresses of "
            "browsers are not known. Set PROXY_COUNT, which is %d, to the number of proxies in "
            "front.",
            address or "unknown",
            count,
        )
