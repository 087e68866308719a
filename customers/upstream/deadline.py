"""Connections whose whole answer, headers included, arrives before a deadline or not at all.

A read time-out alone bounds the pause between two bytes, so an upstream that sends one byte every
few seconds could hold a worker for hours. Here every read waits at most until the deadline.
"""

import io
import os
import socket
import threading
import time
from typing import Any, cast
from weakref import WeakSet

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import PoolManager, ProxyManager

from customers.upstream.headers import QuickRequest, QuickResponse

_current = threading.local()


def set_deadline(at: float) -> None:
    """Bound what this thread reads from now on; `at` is on the clock of time.monotonic()."""
    _current.at = at


class _BoundedReader(io.RawIOBase):
    """Reads from a socket, giving up when the deadline that stood at its start has passed."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._pause: float | None = sock.gettimeout()
        self._deadline: float = getattr(_current, "at", float("inf"))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the deadline has passed")
        wait = left if self._pause is None else min(self._pause, left)
        if wait != self._sock.gettimeout():  # to set it costs a call of the kernel
            self._sock.settimeout(None if wait == float("inf") else wait)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _BoundedSocket:
    """The one call that http.client makes on the socket of a response."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_BoundedReader(self._sock))


class _BoundedResponse(QuickResponse):
    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(cast(socket.socket, _BoundedSocket(sock)), *args, **kwargs)


class _Connection(QuickRequest, HTTPConnection):
    response_class = _BoundedResponse


class _SecureConnection(QuickRequest, HTTPSConnection):
    response_class = _BoundedResponse


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class BoundedAdapter(HTTPAdapter):
    """requests' own transport, on connections that keep to the deadline.

    It serves one upstream, so what requests works out anew for each call stays the same here: the
    pool and its certificates. Cookies and encodings are of no use to it.
    """

    _pool: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _adapters.add(self)

    def forget_connections(self) -> None:
        """Begin with none, and leave those there were to whoever else holds them."""
        self._pool = None
        cast(Any, self).__setstate__(self.__getstate__())  # as a copy by pickle begins

    def get_connection_with_tls_context(
        self, request: requests.PreparedRequest, verify: Any, proxies: Any = None, cert: Any = None
    ) -> Any:
        if self._pool is None:
            pool = super().get_connection_with_tls_context(request, verify, proxies, cert)
            cast(Any, super()).cert_verify(pool, request.url, verify, cert)
            self._pool = pool
        return self._pool

    def request_url(self, request: requests.PreparedRequest, proxies: Any) -> str:
        """The path as client.py made it, without taking the address apart at each call."""
        if proxies:
            return super().request_url(request, proxies)
        return request.url[request.url.index("/", len("https://")) :] if request.url else "/"

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Done once, with the pool."""

    def build_response(self, req: requests.PreparedRequest, resp: Any) -> requests.Response:
        response = requests.Response()
        response.status_code = resp.status
        response.headers = resp.headers
        response.raw = resp
        response.request = req
        return response

    def close(self) -> None:
        self._pool = None
        super().close()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        _use_bounded_pools(self.poolmanager)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> ProxyManager:
        manager: ProxyManager = super().proxy_manager_for(*args, **kwargs)
        _use_bounded_pools(manager)
        return manager


_adapters: WeakSet[BoundedAdapter] = WeakSet()


def _forget_all_connections() -> None:
    for adapter in _adapters:
        adapter.forget_connections()


# A copy of this process would read from the same sockets, and take answers that are not its own.
if hasattr(os, "register_at_fork"):  # elsewhere none can be made
    os.register_at_fork(after_in_child=_forget_all_connections)


def _use_bounded_pools(manager: PoolManager) -> None:
    manager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
