"""Find the address of the browser, which proxies in front write into headers."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

_FORWARDING = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


def client_address(request: HttpRequest) -> str | None:
    """The address of the browser, or None where it cannot be known.

    PROXY_COUNT says how many proxies have added theirs to X-Forwarded-For. What stands further left
    was sent by the browser itself, and is not believed. A connection from this machine that was
    forwarded nonetheless is a proxy's that PROXY_COUNT leaves out, and stands for everybody.
    """
    peer = peer_address(request)
    entries = forwarded_for(request)
    if settings.PROXY_COUNT:
        known = len(entries) >= settings.PROXY_COUNT
        return address_in(entries[-settings.PROXY_COUNT]) if known else None
    is_local = peer is not None and ipaddress.ip_address(peer).is_loopback
    return None if is_local and is_forwarded(request) else peer


def peer_address(request: HttpRequest) -> str | None:
    """Who is connected: the browser, or the last proxy. Over a Unix socket, nobody knows."""
    return address_in(request.META.get("REMOTE_ADDR", ""))


def is_forwarded(request: HttpRequest) -> bool:
    """Whether a proxy, or the browser, says that somebody else asks."""
    return any(request.META.get(header) for header in _FORWARDING)


def forwarded_for(request: HttpRequest) -> list[str]:
    """The entries of X-Forwarded-For, the nearest proxy's last."""
    header = request.META.get("HTTP_X_FORWARDED_FOR", "")
    return header.split(",") if header else []


def address_in(entry: str) -> str | None:
    """The address in an entry such as `1.2.3.4:5678` or `[2001:db8::1]:443`; None if it has none.

    IPv4 written as IPv6 is the same address, and a zone (`%eth0`) is no part of one.
    """
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
