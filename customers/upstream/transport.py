"""Send one request to the upstream, and read its answer within size and time limits."""

import http.client
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

from customers.upstream.connections import Connections
from customers.upstream.contact import Contact, contact_of
from customers.upstream.deadline import BoundedAdapter
from customers.upstream.errors import InvalidAnswer, Unavailable

MAX_BODY = 2 * 1024 * 1024  # bytes; the largest known customer has under 20 kB
_CHUNK = 64 * 1024
_TRANSPORT_ERRORS = (requests.RequestException, HTTPError, OSError)
_BROKEN_OFF = (ConnectionError, http.client.IncompleteRead)
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Limits:
    """In seconds. A Retry-After above `longest_pause` ends the call."""

    connect: float = 3.05
    read: float = 8.0
    deadline: float = 15.0
    retries: int = 2
    longest_pause: float = 5.0


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    retry_after: float | None


class Transport:
    """Not a requests.Session: no cookies, redirects, `.netrc` or proxy variables."""

    def __init__(
        self, limits: Limits, *, proxy: str = "", ca_bundle: str = "", connections: int
    ) -> None:
        self._limits = limits
        self._proxies = {"http": proxy, "https": proxy} if proxy else {}
        self._verify: str | bool = ca_bundle or True
        self._connections = Connections(connections)
        self._headers = {} if connections else {"Connection": "close"}

    def close(self) -> None:
        self._connections.close()

    def request(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> requests.PreparedRequest:
        request = requests.PreparedRequest()
        request.prepare_method(method)
        # Bypass requests' URL preparation, which would decode and normalize the encoded path.
        request.url = url
        request.prepare_headers({**headers, **self._headers})
        if body is not None:
            request.prepare_body(body, None)
        return request

    @contextmanager
    def answer_to(self, request: requests.PreparedRequest, deadline: float) -> Iterator[Answer]:
        """Holds the connection until the block ends. Raises Unavailable, InvalidAnswer."""
        left = deadline - time.monotonic()
        if left <= 0:
            raise Unavailable("timed_out")
        with self._connections.lend(deadline) as (adapter, exchange):
            answer = self._send(adapter, request, left, _answer)
            if exchange.has_more:
                raise Unavailable("more_than_one_answer")
            yield answer

    def contact(self, request: requests.PreparedRequest) -> Contact:
        """On a connection of its own. Raises Unavailable."""
        with Connections(0).lend(time.monotonic() + self._limits.deadline) as (adapter, _):
            return self._send(adapter, request, self._limits.deadline, _contact)

    def _send(
        self,
        adapter: BoundedAdapter,
        request: requests.PreparedRequest,
        left: float,
        read: Callable[[requests.Response], _Read],
    ) -> _Read:
        timeout = (min(self._limits.connect, left), min(self._limits.read, left))
        # The library's messages may contain a header or an address, so do not repeat them.
        try:
            with adapter.send(
                request, stream=True, timeout=timeout, verify=self._verify, proxies=self._proxies
            ) as response:
                return read(response)
        except (requests.Timeout, TimeoutError) as exc:
            raise Unavailable("timed_out") from exc
        except requests.exceptions.InvalidProxyURL as exc:
            raise Unavailable("proxy_address_unusable") from exc
        except _TRANSPORT_ERRORS as exc:
            raise Unavailable(_transport_code(exc)) from exc


def _answer(response: requests.Response) -> Answer:
    return Answer(response.status_code, _read_body(response), _retry_after(response))


def _contact(response: requests.Response) -> Contact:
    connection = response.raw.connection
    sock = connection.sock if connection else None
    certificate = sock.getpeercert(binary_form=True) if isinstance(sock, ssl.SSLSocket) else None
    return contact_of(response.status_code, response.headers.get("Date", ""), certificate)


def _read_body(response: requests.Response) -> bytes:
    chunks, size = [], 0
    for chunk in response.iter_content(_CHUNK):
        size += len(chunk)
        if size > MAX_BODY:
            raise InvalidAnswer("answer_too_large", size=MAX_BODY // 1024 // 1024)
        chunks.append(chunk)
    return b"".join(chunks)


def _transport_code(exc: Exception) -> str:
    if exc.args and isinstance(exc.args[0], ReadTimeoutError):
        return "timed_out"
    if isinstance(exc, requests.exceptions.SSLError):
        return "certificate_not_verified"
    if isinstance(exc, requests.exceptions.ProxyError):
        return "proxy_did_not_connect"
    if _is_http_error(exc):
        return "not_valid_http"
    if isinstance(exc, requests.exceptions.ChunkedEncodingError | HTTPError):
        return "answer_broke_off"
    return "not_reached"


def _is_http_error(exc: BaseException | None) -> bool:
    while exc is not None:
        if isinstance(exc, http.client.HTTPException) and not isinstance(exc, _BROKEN_OFF):
            return True
        exc = exc.__context__
    return False


def _retry_after(response: requests.Response) -> float | None:
    """In seconds; its date form is ignored, and our own backoff applies."""
    text = response.headers.get("Retry-After", "")
    return float(text) if text.isascii() and text.isdigit() else None
