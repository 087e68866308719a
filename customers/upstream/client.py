"""Ask the Catalyze API: the only five calls that the portal ever makes.

Sources: "Get Customer" (GET /org/{orgId}/customer) for the route, its headers and its 400;
API.md for the rest. The HTTP status decides what an answer means; see `errors.py`.
"""

import json
import random
import time
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol, cast
from urllib.parse import quote, urlsplit

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

from customers.upstream.deadline import BoundedAdapter, set_deadline
from customers.upstream.error_body import says_malformed, says_rate_limit
from customers.upstream.errors import (
    AccessDenied,
    BadSecret,
    InvalidAnswer,
    NoAnswer,
    OrganizationMissing,
    SessionExpired,
    SlowDown,
    Unavailable,
)
from customers.upstream.loopback import is_loopback
from customers.upstream.org_id import clean_org_id
from customers.upstream.reading import text
from customers.upstream.secrets import Secrets, clean_api_key, clean_session_token
from customers.upstream.stripe_customer import NOT_SET_UP, StripeCustomer, parse_customer

MAX_BODY = 2 * 1024 * 1024  # bytes; the largest customer on record has under 20 kB
_CHUNK = 64 * 1024
_OK, _NO_CONTENT, _BAD_REQUEST = 200, 204, 400
_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND = 401, 403, 404
_TOO_MANY, _SERVER_ERROR = 429, 500
_PASSING_FAULTS = {502, 503, 504}
# ValueError: http.client on a chunk of negative size.
_TRANSPORT_ERRORS = (requests.RequestException, HTTPError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one call: seconds to connect, between two reads, and in all; and its retries.

    A Retry-After over `longest_pause` seconds ends the call instead of being cut short.
    """

    connect: float = 3.05
    read: float = 8.0
    deadline: float = 15.0
    retries: int = 2
    longest_pause: float = 5.0


@dataclass(frozen=True, slots=True)
class CustomerAnswer:
    """What the upstream said: the customer, and the body it was read from (empty for a 400)."""

    customer: StripeCustomer
    body: bytes

    @property
    def is_set_up(self) -> bool:
        """Whether a customer was sent, rather than a 400 "not set up"."""
        return bool(self.body)


@dataclass(frozen=True, slots=True)
class OrganizationDetails:
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class SignIn:
    users_id: str
    session_token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    body: bytes
    retry_after: float | None


class Pacer(Protocol):
    """Who is told that the upstream asks for fewer requests."""

    def slow_down(self, retry_after: float | None) -> None: ...


class CatalyzeClient:
    """Speaks to one upstream for any user; safe to share between threads.

    It sends through requests' adapter, not a Session: no cookie of one user reaches another's
    request, no redirect is followed, and no `.netrc` or proxy variable is read (`trust_env` off).
    """

    def __init__(
        self, base_url: str, limits: Limits | None = None, *, proxy: str = "", connections: int = 8
    ) -> None:
        if urlsplit(base_url).scheme != "https" and not is_loopback(base_url):
            raise ValueError("The upstream must be asked over https, or be on this machine.")
        self._base = base_url.rstrip("/") + "/v2"
        self._limits = limits or Limits()
        self._proxies = {"http": proxy, "https": proxy} if proxy else {}
        self._adapter = BoundedAdapter(pool_connections=2, pool_maxsize=connections)

    def close(self) -> None:
        self._adapter.close()

    def get_customer(
        self, org_id: str, secrets: Secrets, pace: Pacer | None = None
    ) -> CustomerAnswer:
        """The Stripe customer of an organization; needs the payment permission on it.

        `pace` is told when the upstream asks to slow down, be it before a retry that succeeds.

        A 400 means that none has been set up, unless its body is about the request.
        Raises SessionExpired, AccessDenied, OrganizationMissing, Unavailable, InvalidAnswer.
        """
        answer = self._read(f"/org/{_segment(org_id)}/customer", secrets, pace)
        if answer.status == _BAD_REQUEST:
            return CustomerAnswer(NOT_SET_UP, b"")
        return CustomerAnswer(parse_customer(_decode(answer.body)), answer.body)

    def get_organization(self, org_id: str, secrets: Secrets) -> OrganizationDetails:
        """The name and description of an organization. Raises as get_customer does."""
        answer = self._read(f"/org/{_segment(org_id)}", secrets)
        fields = _object(answer)
        return OrganizationDetails(text(fields.get("name")), text(fields.get("description")))

    def sign_in(self, username: str, password: str, api_key: str) -> SignIn:
        """Open a session. Never retried, so that a wrong password is sent once.

        Raises AccessDenied when the name and password are refused.
        """
        body = json.dumps({"username": username, "password": password}).encode()
        request = self._request("POST", "/auth/signin", _headers(api_key), body)
        answer = self._send(request, time.monotonic() + self._limits.deadline)
        if answer.status in {_BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND}:
            if says_rate_limit(answer.body):
                raise Unavailable("Catalyze asks to slow down; try again in a minute.")
            raise AccessDenied("Catalyze refused this user name, password or API key.")
        _raise_for_status(answer)
        fields = _object(answer)
        token = fields.get("sessionToken")
        try:
            return SignIn(
                text(fields.get("usersId")),
                clean_session_token(token if isinstance(token, str) else ""),
            )
        except BadSecret as exc:
            raise InvalidAnswer("Catalyze sent no usable session token.") from exc

    def verify(self, secrets: Secrets) -> str:
        """Raise SessionExpired unless the session is valid; the usersId if the body names one."""
        answer = self._read_session("/auth/verify", secrets)
        try:
            return text(_object(answer).get("usersId"))
        except InvalidAnswer:  # the body of this route is not documented
            return ""

    def sign_out(self, secrets: Secrets) -> None:
        """End the session upstream. Raises as verify does."""
        self._read_session("/auth/signout", secrets)

    def _read_session(self, path: str, secrets: Secrets) -> _Answer:
        """GET on a route about the session, where 403 and 404 say nothing of an organization."""
        try:
            answer = self._read(path, secrets)
        except (AccessDenied, OrganizationMissing) as exc:
            raise NoAnswer("Catalyze could not say whether the session is valid.") from exc
        _require_ok(answer)
        return answer

    def _read(self, path: str, secrets: Secrets, pace: Pacer | None = None) -> _Answer:
        """GET, again after a pause while that may help, within the deadline of the whole call."""
        request = self._request("GET", path, _headers(secrets.api_key, secrets.session_token))
        deadline = time.monotonic() + self._limits.deadline
        for attempt in range(self._limits.retries + 1):
            try:
                answer = self._send(request, deadline)
                _raise_for_status(answer)
            except Unavailable as exc:
                if pace and isinstance(exc, SlowDown):
                    pace.slow_down(exc.retry_after)
                pause = self._pause(attempt, exc.retry_after)
                is_last = attempt == self._limits.retries
                if is_last or pause > self._limits.longest_pause or _ends_after(deadline, pause):
                    raise
                time.sleep(pause)
            else:
                return answer
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _pause(self, attempt: int, retry_after: float | None) -> float:
        """Seconds before the next attempt: what was asked for, or doubling; always jittered."""
        if retry_after is not None:
            return retry_after + random.uniform(0, 0.2)
        return random.uniform(0.1, 0.2) * float(2**attempt)

    def _request(
        self, method: str, path: str, headers: dict[str, str], body: bytes | None = None
    ) -> requests.PreparedRequest:
        request = requests.PreparedRequest()
        request.method = method
        # Set, not prepared: requests would decode and normalize what was encoded with care.
        request.url = self._base + path
        if body is not None:
            headers = headers | {"Content-Length": str(len(body))}
        # urllib3 copies the headers of each call, and a plain dict is copied at once.
        request.headers = cast(Any, headers)
        request.body = body
        return request

    def _send(self, request: requests.PreparedRequest, deadline: float) -> _Answer:
        left = deadline - time.monotonic()
        if left <= 0:
            raise Unavailable("Catalyze did not answer in time.")
        set_deadline(deadline)
        timeout = (min(self._limits.connect, left), min(self._limits.read, left))
        # The transport's own words may hold a header or an address, so they are not repeated.
        try:
            response = self._adapter.send(
                request, stream=True, timeout=timeout, proxies=self._proxies
            )
            try:
                body = _read_body(response)
            except BaseException:
                response.raw.close()
                raise
            response.raw.release_conn()
        except (requests.Timeout, TimeoutError) as exc:
            raise Unavailable("Catalyze did not answer in time.") from exc
        except requests.exceptions.InvalidProxyURL as exc:
            raise Unavailable("The proxy of CATALYZE_PROXY has no usable address.") from exc
        except _TRANSPORT_ERRORS as exc:
            raise Unavailable(_transport_sentence(exc)) from exc
        return _Answer(response.status_code, body, _retry_after(response))


def _ends_after(deadline: float, pause: float) -> bool:
    return time.monotonic() + pause >= deadline


@lru_cache(maxsize=16)
def _headers(api_key: str, session_token: str = "") -> dict[str, str]:
    """Made once for all calls with the same credentials; nobody changes them."""
    headers = {
        "Accept": "application/json",
        "Content-Type": "application/json",
        "X-Api-Key": clean_api_key(api_key),
    }
    if session_token:
        headers["Authorization"] = f"Bearer {clean_session_token(session_token)}"
    return headers


def _segment(org_id: str) -> str:
    return quote(clean_org_id(org_id), safe="")


def _read_body(response: requests.Response) -> bytes:
    chunks, size = [], 0
    for chunk in response.iter_content(_CHUNK):
        size += len(chunk)
        if size > MAX_BODY:
            raise InvalidAnswer(
                f"Catalyze sent more than {MAX_BODY // 1024 // 1024} MB, which is no customer."
            )
        chunks.append(chunk)
    return b"".join(chunks)


def _transport_sentence(exc: Exception) -> str:
    if exc.args and isinstance(exc.args[0], ReadTimeoutError):
        return "Catalyze did not answer in time."
    if isinstance(exc, requests.exceptions.SSLError):
        return "The certificate of Catalyze's server could not be verified."
    if isinstance(exc, requests.exceptions.ProxyError):
        return "The proxy did not connect to Catalyze."
    if isinstance(exc, requests.exceptions.ChunkedEncodingError | HTTPError):
        return "Catalyze broke off in the middle of its answer."
    return "Catalyze could not be reached."


def _retry_after(response: requests.Response) -> float | None:
    """The seconds of Retry-After. A date, its other form, is ignored: our own pause is used."""
    text = response.headers.get("Retry-After", "")
    return float(text) if text.isascii() and text.isdigit() else None


def _raise_for_status(answer: _Answer) -> None:
    """Turn every status but 200, and the 400 that means "not set up", into its error."""
    status = answer.status
    if status == _OK:
        return
    if status == _BAD_REQUEST:
        _raise_for_bad_request(answer)
    elif status == _UNAUTHORIZED:
        raise SessionExpired("Catalyze no longer accepts the session; sign in again.")
    elif status == _FORBIDDEN:
        raise AccessDenied("The credentials have no payment permission on this organization.")
    elif status == _NOT_FOUND:
        raise OrganizationMissing("Catalyze knows no such organization for these credentials.")
    elif status == _TOO_MANY:
        raise SlowDown("Catalyze asks to slow down (429).", answer.retry_after)
    elif status in _PASSING_FAULTS:
        raise Unavailable(f"Catalyze is not available now ({status}).", answer.retry_after)
    elif status >= _SERVER_ERROR:
        raise NoAnswer(f"Catalyze had a fault of its own ({status}).")
    elif status == _NO_CONTENT:
        raise InvalidAnswer("Catalyze sent no content (204), which says nothing.")
    else:
        raise InvalidAnswer(f"Catalyze answered with status {status}, which says nothing.")


def _raise_for_bad_request(answer: _Answer) -> None:
    if says_rate_limit(answer.body):
        raise SlowDown("Catalyze asks to slow down (400, rate limit).", answer.retry_after)
    if says_malformed(answer.body):
        raise NoAnswer("Catalyze called the request malformed (400).")


def _decode(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as exc:
        raise InvalidAnswer("Catalyze sent something that is not JSON.") from exc


def _require_ok(answer: _Answer) -> None:
    if answer.status != _OK:
        raise NoAnswer(f"Catalyze answered with status {answer.status}, which says nothing here.")


def _object(answer: _Answer) -> dict[str, Any]:
    _require_ok(answer)
    decoded = _decode(answer.body)
    if not isinstance(decoded, dict):
        raise InvalidAnswer("Catalyze sent JSON that is not an object.")
    return decoded
