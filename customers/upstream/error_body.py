"""Read the bodies of refusals, in every shape that the upstream has been seen to send.

`{"errors":[{"message","code"}]}` is documented; `title` and `description` instead, those two at
top level, an empty list and bodies that are not JSON have been seen (API.md, Statuses). Stripe's
own `{"error":{"type","code","message"}}` may be passed on by the relay. The HTTP status is what
counts; the body only tells two kinds of 400 apart.
"""

import json
import re
from collections.abc import Iterator

_RATE_LIMIT = re.compile(r"rate[ _-]?limit|too many requests", re.IGNORECASE)
_MALFORMED = re.compile(
    r"malformed|invalid[ _](?:json|request|header|syntax)|(?:could not|cannot|failed to) parse"
    r"|api[ _-]?key|session[ _-]?token|authorization|unsupported media",
    re.IGNORECASE,
)
_WORDS = ("message", "title", "description", "code", "type", "error", "error_description")
_MOST_ERRORS = 20


def says_rate_limit(body: bytes) -> bool:
    """Whether a 400 means "too many requests", as Stripe said it before 2015-09."""
    return any(_RATE_LIMIT.search(text) for text in _texts(body))


def says_malformed(body: bytes) -> bool:
    """Whether a 400 is about the request itself, so that it tells nothing of the organization.

    An HTML page is never the API's own answer: a proxy in between refused the request.
    """
    if body.lstrip()[:1] == b"<":
        return True
    return any(_MALFORMED.search(text) for text in _texts(body))


def _texts(body: bytes) -> Iterator[str]:
    """What the body says in words, whatever its shape."""
    try:
        decoded = json.loads(body)
    except (ValueError, RecursionError):
        yield body.decode(errors="replace")[:2000]
        return
    yield from _texts_of(decoded)


def _texts_of(decoded: object) -> Iterator[str]:
    if isinstance(decoded, str):
        yield decoded[:2000]
    if not isinstance(decoded, dict):
        return
    yield from (decoded[word][:2000] for word in _WORDS if isinstance(decoded.get(word), str))
    if isinstance(decoded.get("error"), dict):
        yield from _texts_of(decoded["error"])
    errors = decoded.get("errors")
    if isinstance(errors, list):
        for item in errors[:_MOST_ERRORS]:
            yield from _texts_of(item)
