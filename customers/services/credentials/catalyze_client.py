"""The configured client, one per process, and the rate limit of each API key."""

from functools import cache

from django.conf import settings
from django.utils.crypto import salted_hmac

from customers.services.credentials.rate_limit import RateLimit
from customers.upstream.client import CatalyzeClient
from customers.upstream.transport import Limits

PAGE_CONNECTIONS = 8


def client(connections: int = PAGE_CONNECTIONS, deadline: float | None = None) -> CatalyzeClient:
    limits = Limits(
        connect=settings.CATALYZE_CONNECT_TIMEOUT,
        read=settings.CATALYZE_READ_TIMEOUT,
        deadline=deadline or settings.CATALYZE_DEADLINE,
    )
    return _client(
        settings.CATALYZE_BASE_URL,
        limits,
        proxy=settings.CATALYZE_PROXY,
        ca_bundle=settings.CATALYZE_CA_BUNDLE,
        keep_alive=settings.CATALYZE_KEEP_ALIVE,
        connections=connections,
    )


def rate_limit_of(api_key: str, max_rps: float | None = None) -> RateLimit:
    bound = settings.CATALYZE_MAX_RPS if max_rps is None else max_rps
    return RateLimit(key_hash(api_key), bound)


def key_hash(api_key: str) -> str:
    return salted_hmac("customers.pace", api_key, algorithm="sha256").hexdigest()


_client = cache(CatalyzeClient)
