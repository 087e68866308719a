"""Log one event per line, as text or JSON, with its request id.
Tracebacks keep only the first line of an error, since PostgreSQL quotes rows below it."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from django.http import HttpRequest

from observability.request_id import META_KEY, current

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
_STANDARD_ATTRIBUTES = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request_id"}
_ADDRESS = re.compile(r"[^\s@\"'<>()=/:]+@[^\s@\"'<>()=/:,;]+")
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
# Django adds these for handlers that mail requests.
_NOT_LOGGED = {"request", "server_time"}


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current.get() or _id_of(getattr(record, "request", None))
        return True


def _id_of(request: object) -> str:
    """Django logs some refusals outside the middleware, but attaches the request."""
    return request.META.get(META_KEY, "") if isinstance(request, HttpRequest) else ""


class LineFormatter(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s%(request)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        request_id = getattr(record, "request_id", "")
        record.request = f" [{request_id}]" if request_id else ""
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:
        return _escaped(_without_addresses(super().formatMessage(record)))

    def formatException(self, ei: _ExcInfo) -> str:  # logging's name
        return traceback_of(ei[1])


class JsonFormatter(logging.Formatter):
    """Values of `extra` become keys of the object."""

    def format(self, record: logging.LogRecord) -> str:
        event: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _without_addresses(record.getMessage()),
        }
        if request_id := getattr(record, "request_id", ""):
            event["request_id"] = request_id
        event |= {
            name: value
            for name, value in vars(record).items()
            if name not in _STANDARD_ATTRIBUTES | _NOT_LOGGED
        }
        if record.exc_info:
            event["exception"] = traceback_of(record.exc_info[1])
        text = json.dumps(event, ensure_ascii=False, default=str)
        return _INVISIBLE.sub(lambda found: json.dumps(found[0])[1:-1], text)


def traceback_of(error: BaseException | None) -> str:
    if error is None:
        return ""
    lines = traceback.format_list(traceback.extract_tb(error.__traceback__))
    message = _escaped(_without_addresses(str(error).strip().partition("\n")[0]))
    own = "".join(lines) + f"{type(error).__qualname__}: {message}"
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return f"{traceback_of(cause)}\n\n{own}" if cause else own


def _without_addresses(text: str) -> str:
    return _ADDRESS.sub("(address)", text)


def _escaped(text: str) -> str:
    return _INVISIBLE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def logging_config(form: str, level: str) -> dict[str, Any]:
    formatters = {"line": LineFormatter, "json": JsonFormatter}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": RequestIdFilter}},
        "formatters": {"chosen": {"()": formatters[form]}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "filters": ["request_id"],
                "formatter": "chosen",
            }
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "observability": {"level": level},
            "customers": {"level": level},
            # Complete whatever LOG_LEVEL is.
            "customers.services.accounts.security_events": {"level": "INFO"},
            # Django's own handlers would repeat lines in another format.
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
            "gunicorn.error": {"handlers": [], "level": level, "propagate": True},
        },
    }
