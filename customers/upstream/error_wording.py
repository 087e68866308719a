"""Recognize error bodies, in every shape seen from the upstream (API.md, Statuses)."""

import json
import re
from collections.abc import Iterator

_RATE_LIMIT = re.compile(
    r"rate[ _-]?limit|too many requests|slow down|throttl|quota", re.IGNORECASE
)
_ABOUT_THE_REQUEST = re.compile(
    r"malformed|(?:could not|cannot|failed to) parse|unsupported media|too large"
    r"|https (?:server|port)"
    r"|invalid[ _](?:json|request|header|syntax|token|org)|org_?id must"
    r"|api[ _-]?(?:key|error)|token|session|credential|authori[sz]|authenticat|bearer|\bjwt\b"
    r"|\b(?:log(?:ged)?|sign(?:ed)?)[ _-]?(?:in|out)\b|privilege|permission|forbidden|access denied"
    r"|unknown application",
    re.IGNORECASE,
)
_MOST_TEXTS = 200
_LONGEST = 2000
_DEEPEST = 8


def says_rate_limit(body: bytes) -> bool:
    """Some 400s mean "too many requests", as Stripe's did before 2015-09."""
    return any(_RATE_LIMIT.search(text) for text in _texts(body))


def says_malformed(body: bytes) -> bool:
    """Also true of HTML, which comes from a proxy, not the API."""
    if body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        return True
    return any(_ABOUT_THE_REQUEST.search(text) for text in _texts(body))


def _texts(body: bytes) -> list[str]:
    try:
        decoded = json.loads(body)
    except (ValueError, RecursionError):
        return [body.decode(errors="replace")[:_LONGEST]]
    found = _texts_of(decoded, _DEEPEST)
    return [text for text, _ in zip(found, range(_MOST_TEXTS), strict=False)]


def _texts_of(decoded: object, depth: int) -> Iterator[str]:
    if isinstance(decoded, str):
        yield decoded[:_LONGEST]
    elif isinstance(decoded, dict | list) and depth:
        for item in decoded.values() if isinstance(decoded, dict) else decoded:
            yield from _texts_of(item, depth - 1)
