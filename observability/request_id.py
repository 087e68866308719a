import re
import uuid
from contextvars import ContextVar

REQUEST_ID_HEADER = "X-Request-ID"
META_KEY = "HTTP_X_REQUEST_ID"
# Accepted from a proxy, since it cannot forge log lines or markup.
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}", re.ASCII)

current: ContextVar[str] = ContextVar("request_id", default="")


def request_id_from(header: str) -> str:
    return header if _WELL_FORMED.fullmatch(header) else uuid.uuid4().hex
