"""Look for secrets in everything that the portal outputs while tests run.

Secrets are the keys in settings and every API key, session token, password and API token. None may
appear in a response, log line, error, command output or database value; otherwise the test fails.
The page and the command that create an API token are the two places that show it.
"""

import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.management.base import OutputWrapper
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from customers.upstream.errors import CatalyzeError
from customers.upstream.secrets import Secrets

# Shorter texts, and those without digits, also occur in pages for other reasons.
_SHORTEST = 12
# Amid what is encrypted, the letters of a token are a coincidence.
_API_TOKEN = re.compile(r"(?<![0-9A-Za-z_-]{20})bpt_[0-9A-Za-z]{36}")
_SHOW_API_TOKENS = ("response to POST /tokens/create/", "command output")


class Watch:
    """The known secrets, and where they were seen."""

    def __init__(self) -> None:
        self._secrets: set[str] = set()
        self._pattern: re.Pattern[str] | None = None
        self.leaks: list[str] = []

    def know(self, *secrets: str) -> None:
        new = {secret for secret in secrets if _is_telling(secret)} - self._secrets
        if new:
            self._secrets |= new
            self._pattern = re.compile("|".join(map(re.escape, self._secrets)))

    def look(self, where: str, what: object) -> None:
        """Record a leak if `what` contains a secret."""
        if not what:
            return
        text = bytes(what).decode(errors="replace") if _is_bytes(what) else str(what)
        found = self._pattern.search(text) if self._pattern else None
        if where not in _SHOW_API_TOKENS:
            found = found or _API_TOKEN.search(text)
        if found:
            start = max(found.start() - 60, 0)
            self.leaks.append(f"{where}: …{text[start : found.start()]}[a secret]")

    def take_leaks(self) -> list[str]:
        leaks, self.leaks = self.leaks, []
        return leaks


def watch_for_secrets(patch: pytest.MonkeyPatch) -> Watch:
    """Watch all output until `patch` is undone."""
    watch = Watch()
    watch.know(settings.SECRET_KEY, *settings.CREDENTIAL_KEYS)
    _watch_secrets(watch, patch)
    _watch_responses(watch, patch)
    _watch_errors(watch, patch)
    _watch_output(watch, patch)
    logging.getLogger().addHandler(_LogWatch(watch))
    database_watch = _database_watch(watch)

    def watch_connection(connection: BaseDatabaseWrapper, **_: Any) -> None:
        """Once and outermost: tests remove their own wrappers from the other end."""
        if database_watch not in connection.execute_wrappers:
            connection.execute_wrappers.insert(0, database_watch)

    connection_created.connect(watch_connection, weak=False, dispatch_uid="secrecy")
    return watch


def _watch_secrets(watch: Watch, patch: pytest.MonkeyPatch) -> None:
    make = Secrets.__init__

    def made(self: Secrets, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)
        watch.know(self.api_key, self.session_token, self.password)

    patch.setattr(Secrets, "__init__", made)


def _watch_responses(watch: Watch, patch: pytest.MonkeyPatch) -> None:
    """Of the test client and of the live server."""
    answer = BaseHandler.get_response

    def answered(self: BaseHandler, request: Any) -> Any:
        response = answer(self, request)
        where = f"response to {request.method} {request.path}"
        watch.look(where, f"{response.headers} {response.cookies}")
        if response.streaming:
            if not response.is_async:
                response.streaming_content = _looked_at(watch, where, response.streaming_content)
        else:
            watch.look(where, response.content)
        return response

    patch.setattr(BaseHandler, "get_response", answered)


def _looked_at(watch: Watch, where: str, parts: Iterator[bytes]) -> Iterator[bytes]:
    for part in parts:
        watch.look(where, part)
        yield part


def _watch_errors(watch: Watch, patch: pytest.MonkeyPatch) -> None:
    make = CatalyzeError.__init__

    def made(self: CatalyzeError, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)
        watch.look(f"error {type(self).__name__}", f"{args} {kwargs} {self}")

    patch.setattr(CatalyzeError, "__init__", made)


def _watch_output(watch: Watch, patch: pytest.MonkeyPatch) -> None:
    write = OutputWrapper.write

    def written(self: OutputWrapper, msg: str = "", *args: Any, **kwargs: Any) -> None:
        watch.look("command output", msg)
        write(self, msg, *args, **kwargs)

    patch.setattr(OutputWrapper, "write", written)


class _LogWatch(logging.Handler):
    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def emit(self, record: logging.LogRecord) -> None:
        self._watch.look(f"log of {record.name}", self.format(record))


def _database_watch(watch: Watch) -> Callable[..., Any]:
    """What is in no statement is in no row, dump or file of the database either."""

    def execute(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        for values in params if many else (params,):
            for value in values or ():
                if isinstance(value, str | bytes | memoryview):
                    watch.look(f"database, in {sql[:60]}", value)
        return execute(sql, params, many, context)

    return execute


def _is_telling(secret: str) -> bool:
    return len(secret) >= _SHORTEST and any(character.isdigit() for character in secret)


def _is_bytes(what: object) -> bool:
    return isinstance(what, bytes | bytearray | memoryview)
