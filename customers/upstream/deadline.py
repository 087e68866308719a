"""Connections with a total deadline, on which each answer belongs to its request.
A read timeout only bounds the pause between two bytes. http.client takes an informational answer
for the final one and drops bytes after an answer, so the next request could get a wrong answer."""

import http.client
import io
import re
import socket
import threading
import time
from contextlib import suppress
from typing import Any, cast

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import PoolManager, ProxyManager

_MOST_INFORMATIONAL = 20  # informational answers before the final one
_STATUS_LINE = re.compile(rb"HTTP/1\.[0-9] [1-5][0-9]{2}(?: [^\r\n]*)?\r?\n")
_INFORMATIONAL = re.compile(rb"HTTP/1\.[0-9] 1(?!01)[0-9]{2}[ \r\n]")  # 101 switches protocols
_LENGTH = re.compile(r"[0-9]{1,18}")
_HTTP_1_1 = 11
_current = threading.local()


class Exchange:
    """`deadline` is a time.monotonic() value."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.is_usual = True  # the connection may be reused
        self.has_more = False  # than one answer: it is unclear which belongs to the request


def begin_exchange(deadline: float) -> Exchange:
    exchange = _current.exchange = Exchange(deadline)
    return exchange


class _BoundedReader(io.RawIOBase):
    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._pause: float | None = sock.gettimeout()
        self._deadline = deadline
        self.waits = True

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if not self.waits:
            return self._read_available(buffer)
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the deadline has passed")
        wait = left if self._pause is None else min(self._pause, left)
        if wait != self._sock.gettimeout():  # setting it costs a system call
            self._sock.settimeout(wait)
        return self._raw.readinto(buffer)

    def _read_available(self, buffer: Any) -> int | None:
        with suppress(OSError):  # nothing to read, or the connection is broken
            pause = self._sock.gettimeout()
            self._sock.settimeout(0)
            try:
                return self._raw.readinto(buffer)
            finally:
                self._sock.settimeout(pause)
        return None

    def close(self) -> None:
        self._raw.close()
        super().close()


class _AnswerReader(io.BufferedReader):
    """Skips informational answers, and notices bytes after the end of the answer."""

    def __init__(self, sock: socket.socket) -> None:
        self._exchange: Exchange = _current.exchange
        self._bounded = _BoundedReader(sock, self._exchange.deadline)
        self._has_begun = False
        super().__init__(self._bounded)

    def readline(self, size: int | None = -1) -> bytes:
        if self._has_begun:
            return super().readline(size)
        self._has_begun = True
        return self._final_status_line(size)

    def read(self, size: int | None = -1) -> bytes:
        if size is None or size < 0:  # http.client does this for a negative chunk size
            raise http.client.HTTPException("an answer is not read without a bound")
        return super().read(size)

    def _final_status_line(self, size: int | None) -> bytes:
        for _ in range(_MOST_INFORMATIONAL + 1):
            line = super().readline(size)
            if line and not _STATUS_LINE.fullmatch(line):
                raise http.client.BadStatusLine(repr(line))
            if not _INFORMATIONAL.match(line):
                return line
            self._exchange.is_usual = False
            http.client.parse_headers(self)
        raise http.client.HTTPException("too many informational answers")

    def close(self) -> None:
        if not self.closed:
            self._bounded.waits = False
            if self.peek(1):
                self._exchange.has_more = True
        super().close()


class _AnsweringSocket:
    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def makefile(self, mode: str) -> io.BufferedReader:
        return _AnswerReader(self._sock)


class _Response(http.client.HTTPResponse):
    """Rejects headers that leave the end of the body ambiguous."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(cast(socket.socket, _AnsweringSocket(sock)), *args, **kwargs)

    def begin(self) -> None:
        super().begin()
        if self.headers.defects or not _has_one_body_end(self):
            raise http.client.HTTPException("the headers contradict each other")


def _has_one_body_end(response: _Response) -> bool:
    lengths = response.headers.get_all("Content-Length", [])
    codings = response.headers.get_all("Transfer-Encoding", [])
    if codings:
        is_chunked = len(codings) == 1 and response.chunked and response.version == _HTTP_1_1
        return bool(is_chunked) and not lengths
    return len(lengths) <= 1 and all(map(_LENGTH.fullmatch, lengths))


class _RejectsEarlyAnswers(http.client.HTTPConnection):
    """Refuses to send if the server has already sent something."""

    def connect(self) -> None:
        super().connect()
        _AnswerReader(self.sock).close()
        if _current.exchange.has_more:
            raise http.client.HTTPException("an answer came before the request")


class _Connection(_RejectsEarlyAnswers, HTTPConnection):
    response_class = _Response


class _SecureConnection(_RejectsEarlyAnswers, HTTPSConnection):
    response_class = _Response


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class BoundedAdapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        _use_bounded_pools(self.poolmanager)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> ProxyManager:
        manager: ProxyManager = super().proxy_manager_for(*args, **kwargs)
        _use_bounded_pools(manager)
        return manager


def _use_bounded_pools(manager: PoolManager) -> None:
    manager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
