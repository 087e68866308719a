"""The five Catalyze API calls that the portal makes (sources: "Get Customer" and API.md)."""

import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Protocol, TypeVar
from urllib.parse import quote, urlsplit

from customers.upstream.bodies import decoded, exact_text_of, object_of, require_ok, text_of
from customers.upstream.contact import Contact
from customers.upstream.error_wording import says_rate_limit
from customers.upstream.errors import (
    AccessDenied,
    BadSecret,
    InvalidAnswer,
    NoAnswer,
    OrganizationMissing,
    SlowDown,
    Unavailable,
)
from customers.upstream.loopback import is_loopback
from customers.upstream.org_id import clean_org_id
from customers.upstream.secrets import Secrets, clean_api_key, clean_session_token
from customers.upstream.statuses import (
    BAD_REQUEST,
    FORBIDDEN,
    NOT_FOUND,
    UNAUTHORIZED,
    raise_for_status,
)
from customers.upstream.stripe.stripe_customer import NOT_SET_UP, StripeCustomer, parse_customer
from customers.upstream.transport import Answer, Limits, Transport

Understood = TypeVar("Understood")


@dataclass(frozen=True, slots=True)
class CustomerAnswer:
    """`body` is what the customer was parsed from; empty for a 400."""

    customer: StripeCustomer
    body: bytes

    @property
    def is_set_up(self) -> bool:
        return bool(self.body)


@dataclass(frozen=True, slots=True)
class OrganizationDetails:
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class SignIn:
    users_id: str
    session_token: str = field(repr=False)


class CanSlowDown(Protocol):
    def slow_down(self, retry_after: float | None) -> None: ...


class CatalyzeClient:
    """Thread-safe; one client serves all users."""

    def __init__(
        self,
        base_url: str,
        limits: Limits | None = None,
        *,
        proxy: str = "",
        ca_bundle: str = "",
        keep_alive: bool = True,
        connections: int = 8,
    ) -> None:
        if urlsplit(base_url).scheme != "https" and not is_loopback(base_url):
            raise ValueError("The upstream must be asked over https, or be on this machine.")
        self._base = base_url.rstrip("/") + "/v2"
        self._limits = limits or Limits()
        self._transport = Transport(
            self._limits,
            proxy=proxy,
            ca_bundle=ca_bundle,
            connections=connections if keep_alive else 0,
        )

    def close(self) -> None:
        self._transport.close()

    def get_customer(
        self, org_id: str, secrets: Secrets, rate_limit: CanSlowDown | None = None
    ) -> CustomerAnswer:
        """Needs the payment permission. A 400 not about the request means "not set up".
        Raises SessionExpired, AccessDenied, OrganizationMissing, Unavailable, InvalidAnswer."""
        return self._read(f"/org/{_segment(org_id)}/customer", secrets, _customer, rate_limit)

    def get_organization(self, org_id: str, secrets: Secrets) -> OrganizationDetails:
        return self._read(f"/org/{_segment(org_id)}", secrets, _details)

    def get_payment_list(
        self, org_id: str, secrets: Secrets, rate_limit: CanSlowDown | None = None
    ) -> frozenset[str]:
        """The usersIds that have the payment permission. Raises as get_customer; InvalidAnswer
        unless every part that matters is as documented."""
        understand = partial(_payment_list, clean_org_id(org_id))
        return self._read(f"/org/{_segment(org_id)}", secrets, understand, rate_limit)

    def sign_in(self, username: str, password: str, api_key: str) -> SignIn:
        """Never retried: a wrong password is sent once. Raises AccessDenied."""
        body = json.dumps({"username": username, "password": password}).encode()
        url = f"{self._base}/auth/signin"
        request = self._transport.request("POST", url, _headers(api_key), body)
        deadline = time.monotonic() + self._limits.deadline
        with self._transport.answer_to(request, deadline) as answer:
            return _signed_in(answer)

    def verify_session(self, secrets: Secrets) -> str:
        """The usersId, if the body contains one. Raises SessionExpired."""
        return self._read_session("/auth/verify", secrets, _users_id)

    def contact(self) -> Contact:
        """Reach the server once without credentials; a refusal is enough. Raises Unavailable."""
        headers = {"Accept": "application/json"}
        return self._transport.contact(
            self._transport.request("GET", f"{self._base}/auth/verify", headers)
        )

    def sign_out(self, secrets: Secrets) -> None:
        self._read_session("/auth/signout", secrets, require_ok)

    def _read_session(
        self, path: str, secrets: Secrets, understand: Callable[[Answer], Understood]
    ) -> Understood:
        try:
            return self._read(path, secrets, understand)
        except (AccessDenied, OrganizationMissing) as exc:
            raise NoAnswer("session_not_verified") from exc

    def _read(
        self,
        path: str,
        secrets: Secrets,
        understand: Callable[[Answer], Understood],
        rate_limit: CanSlowDown | None = None,
    ) -> Understood:
        headers = _headers(secrets.api_key, secrets.session_token)
        request = self._transport.request("GET", self._base + path, headers)
        deadline = time.monotonic() + self._limits.deadline
        for attempt in range(self._limits.retries + 1):
            try:
                with self._transport.answer_to(request, deadline) as answer:
                    raise_for_status(answer)
                    return understand(answer)
            except Unavailable as exc:
                if rate_limit and isinstance(exc, SlowDown):
                    rate_limit.slow_down(exc.retry_after)
                pause = self._pause(attempt, exc.retry_after)
                is_last = attempt == self._limits.retries
                if is_last or pause > self._limits.longest_pause or _ends_after(deadline, pause):
                    raise
                time.sleep(pause)
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _pause(self, attempt: int, retry_after: float | None) -> float:
        if retry_after is not None:
            return retry_after + random.uniform(0, 0.2)
        return random.uniform(0.1, 0.2) * float(2**attempt)


def _ends_after(deadline: float, pause: float) -> bool:
    return time.monotonic() + pause >= deadline


@lru_cache(maxsize=16)
def _headers(api_key: str, session_token: str = "") -> dict[str, str]:
    """Cached: callers share the dict and must not modify it."""
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


def _customer(answer: Answer) -> CustomerAnswer:
    if answer.status == BAD_REQUEST:
        return CustomerAnswer(NOT_SET_UP, b"")
    return CustomerAnswer(parse_customer(decoded(answer)), answer.body)


def _details(answer: Answer) -> OrganizationDetails:
    fields = object_of(answer)
    return OrganizationDetails(text_of(fields, "name"), text_of(fields, "description"))


def _payment_list(org_id: str, answer: Answer) -> frozenset[str]:
    """A list that is missing or malformed is not an empty one: nobody may lose access by it."""
    fields = object_of(answer)
    if fields.get("orgId") != org_id:
        raise InvalidAnswer("another_organization")
    permissions = fields.get("permissions")
    listed = permissions.get("payment") if isinstance(permissions, dict) else None
    if not isinstance(listed, list) or not all(isinstance(each, str) and each for each in listed):
        raise InvalidAnswer("permissions_malformed")
    return frozenset(listed)


def _signed_in(answer: Answer) -> SignIn:
    if answer.status in {BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_FOUND}:
        if says_rate_limit(answer.body):
            raise Unavailable("slow_down_sign_in")
        raise AccessDenied("sign_in_refused")
    raise_for_status(answer)
    fields = object_of(answer)
    token = fields.get("sessionToken")
    try:
        return SignIn(
            exact_text_of(fields, "usersId"),
            clean_session_token(token if isinstance(token, str) else ""),
        )
    except BadSecret as exc:
        raise InvalidAnswer("no_session_token") from exc


def _users_id(answer: Answer) -> str:
    require_ok(answer)
    try:
        return exact_text_of(object_of(answer), "usersId")
    except InvalidAnswer:  # the body of this route is undocumented
        return ""
