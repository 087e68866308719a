"""Find the browser's address behind proxies."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

_FORWARDING = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


def client_address(request: HttpRequest) -> str | None:
    """None if unknown. Trusts only the part of X-Forwarded-For that PROXY_COUNT proxies wrote."""
    peer = peer_address(request)
    entries = forwarded_for(request)
    if settings.PROXY_COUNT:
        known = len(entries) >= settings.PROXY_COUNT
        return address_in(entries[-settings.PROXY_COUNT]) if known else None
    is_local = peer is not None and ipaddress.ip_address(peer).is_loopback
    return None if is_local and is_forwarded(request) else peer


def peer_address(request: HttpRequest) -> str | None:
    """The address of the browser or the last proxy; None on a Unix socket."""
    return address_in(request.META.get("REMOTE_ADDR", ""))


def is_forwarded(request: HttpRequest) -> bool:
    return any(request.META.get(header) for header in _FORWARDING)


def forwarded_for(request: HttpRequest) -> list[str]:
    header = request.META.get("HTTP_X_FORWARDED_FOR", "")
    return header.split(",") if header else []


def address_in(entry: str) -> str | None:
    text = entry.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)
