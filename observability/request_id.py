"""The id of the request in hand, so that every line of the log can be found by it."""

import re
import uuid
from contextvars import ContextVar

REQUEST_ID_HEADER = "X-Request-ID"
META_KEY = "HTTP_X_REQUEST_ID"
# What a proxy may have given: nothing that could forge a line of the log or markup on a page.
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}", re.ASCII)

current: ContextVar[str] = ContextVar("request_id", default="")


def request_id_from(header: str) -> str:
    """The id that came with the request if it is well-formed, else a new one."""
    return header if _WELL_FORMED.fullmatch(header) else uuid.uuid4().hex
