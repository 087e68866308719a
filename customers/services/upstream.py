"""The client that the settings describe, one a process, and the pace at which it may be used."""

from functools import cache

from django.conf import settings

from customers.services.pace import Pace
from customers.upstream.client import CatalyzeClient, Limits

PAGE_CONNECTIONS = 8


def client(connections: int = PAGE_CONNECTIONS) -> CatalyzeClient:
    """The shared client of this process for that many threads."""
    limits = Limits(
        connect=settings.CATALYZE_CONNECT_TIMEOUT,
        read=settings.CATALYZE_READ_TIMEOUT,
        deadline=settings.CATALYZE_DEADLINE,
    )
    return _client(settings.CATALYZE_BASE_URL, limits, settings.CATALYZE_PROXY, connections)


def pace_of(api_key: str, max_rps: float) -> Pace:
    """The pace that all callers of one API key in this process share."""
    return _pace(api_key, max_rps)


@cache
def _client(base_url: str, limits: Limits, proxy: str, connections: int) -> CatalyzeClient:
    return CatalyzeClient(base_url, limits, proxy=proxy, connections=connections)


@cache
def _pace(api_key: str, max_rps: float) -> Pace:
    return Pace(max_rps)
