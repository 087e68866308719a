"""One check: ask the upstream once, then store the answer in one transaction."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import connections
from django.utils import timezone

from customers.models import Access
from customers.services.access.kept_figures import forget_figures
from customers.services.checking.denials import note_denial
from customers.services.checking.outcome import (
    FAILURES,
    UNPROVED_400,
    Outcome,
    Result,
    main_trouble,
)
from customers.services.checking.store import store
from customers.services.credentials.catalyze_client import PAGE_CONNECTIONS, client, rate_limit_of
from customers.services.credentials.rate_limit import RateLimit
from customers.services.credentials.sessions import renew, try_out
from customers.services.credentials.store import CredentialsUnusable, Opened, open_credentials
from customers.upstream.client import CatalyzeClient, OrganizationDetails
from customers.upstream.errors import (
    AccessDenied,
    BadOrgId,
    CatalyzeError,
    InvalidAnswer,
    NoAnswer,
    OrganizationMissing,
    SessionExpired,
)
from customers.upstream.message import Message
from customers.upstream.org_id import clean_org_id


class Checked(NamedTuple):
    done: int = 0
    failed: int = 0
    trouble: Message = Message()  # an ended session takes precedence


def check(user: AbstractBaseUser, org_id: str) -> Outcome:
    """Ask about one organization, and store the outcome. Raises BadOrgId, CredentialsUnusable."""
    org_id = clean_org_id(org_id)
    opened = open_credentials(user.pk)
    rate_limit = rate_limit_of(opened.secrets.api_key)
    rate_limit.acquire()
    outcome = ask(client(), org_id, opened, rate_limit)
    if outcome.is_not_set_up:
        outcome = _with_verified_credentials(outcome)
    if outcome.answer and not _has_met(user, org_id):
        outcome = _with_details(outcome)
    (counted,) = _store(user, [outcome])
    note_denial(user, counted)
    return counted


def check_many(
    user: AbstractBaseUser, org_ids: Sequence[str], within: float | None = None
) -> Checked:
    """As many as `within` allows (seconds; CATALYZE_DEADLINE). Raises CredentialsUnusable."""
    within = within or settings.CATALYZE_DEADLINE
    opened = open_credentials(user.pk)
    rate_limit = rate_limit_of(opened.secrets.api_key)
    until = time.monotonic() + within

    def ask_in_time(org_id: str) -> Outcome | None:
        if time.monotonic() >= until:
            return None
        return ask(client(deadline=within), org_id, opened, rate_limit, connections.close_all)

    def rate_limited() -> Iterator[str]:
        for org_id in org_ids:
            if time.monotonic() < until:
                rate_limit.acquire()
                yield org_id

    with ThreadPoolExecutor(PAGE_CONNECTIONS) as pool:
        outcomes = [outcome for outcome in pool.map(ask_in_time, rate_limited()) if outcome]
    outcomes = _store(user, outcomes)
    done = sum(outcome.result not in FAILURES for outcome in outcomes)
    trouble = main_trouble(outcomes, timed_out=len(org_ids) - len(outcomes))
    return Checked(done, len(org_ids) - done, trouble)


def _store(user: AbstractBaseUser, outcomes: Sequence[Outcome]) -> list[Outcome]:
    stored = store(outcomes)
    forget_figures(user.pk)
    return stored


def ask(
    upstream: CatalyzeClient,
    org_id: str,
    opened: Opened,
    rate_limit: RateLimit,
    leave_database: Callable[[], None] = lambda: None,
) -> Outcome:
    """Ask once, after renewing an ended session if the user opted in. Stores no answer.
    Threads drop their connection by `leave_database` before they wait for the upstream again."""
    return _renewing(partial(_ask, upstream, org_id, rate_limit), opened, leave_database)


def ask_for_list(
    upstream: CatalyzeClient,
    org_id: str,
    opened: Opened,
    rate_limit: RateLimit,
    leave_database: Callable[[], None],
) -> Outcome:
    """As ask(), for the permission list; see permission_lists.py for what its outcome means."""
    return _renewing(partial(_ask_for_list, upstream, org_id, rate_limit), opened, leave_database)


def _renewing(
    send: Callable[[Opened], Outcome], opened: Opened, leave_database: Callable[[], None]
) -> Outcome:
    outcome = send(opened)
    if outcome.result is not Result.EXPIRED or not opened.secrets.can_renew:
        return outcome
    try:
        renewed = renew(opened)
    except (CatalyzeError, CredentialsUnusable):
        return outcome
    finally:
        leave_database()
    return replace(send(renewed), calls=outcome.calls + 1)


def _has_met(user: AbstractBaseUser, org_id: str) -> bool:
    """Denials do not count: they are stored only for known organizations."""
    granted = Access.objects.filter(user_id=user.pk, state=Access.State.GRANTED)
    return granted.filter(organization__org_id=org_id).exists()


def _with_verified_credentials(outcome: Outcome) -> Outcome:
    """Verify the credentials before believing a 400, which may be about them. Unverified, it never
    counts: storing it only where no customer is known would reveal what is known."""
    try:
        asked_with = try_out(outcome.asked_with)
    except SessionExpired as exc:
        return replace(outcome, result=Result.EXPIRED, answer=None, error=exc.message)
    if not asked_with.has_worked:
        return outcome.discounted(UNPROVED_400)
    return replace(outcome, asked_with=asked_with)


_RESULTS: tuple[tuple[type[CatalyzeError], Result], ...] = (
    (SessionExpired, Result.EXPIRED),
    (AccessDenied, Result.DENIED),
    (OrganizationMissing, Result.MISSING),
    (InvalidAnswer, Result.INVALID),
    (NoAnswer, Result.UNAVAILABLE),
)


def _ask(upstream: CatalyzeClient, org_id: str, rate_limit: RateLimit, opened: Opened) -> Outcome:
    asked_at = timezone.now()
    try:
        answer = upstream.get_customer(org_id, opened.secrets, rate_limit)
    except BadOrgId:
        raise
    except CatalyzeError as exc:
        return _failed(org_id, opened, asked_at, exc)
    return Outcome(org_id, opened, Result.ANSWERED, asked_at, timezone.now(), answer)


def _ask_for_list(
    upstream: CatalyzeClient, org_id: str, rate_limit: RateLimit, opened: Opened
) -> Outcome:
    asked_at = timezone.now()
    try:
        named = upstream.get_payment_list(org_id, opened.secrets, rate_limit)
    except BadOrgId:
        raise
    except CatalyzeError as exc:
        return replace(_failed(org_id, opened, asked_at, exc), is_of_list=True)
    listed = Outcome(org_id, opened, Result.LISTED, asked_at, timezone.now(), named=named)
    return replace(listed, is_of_list=True)


def _failed(org_id: str, opened: Opened, asked_at: datetime, exc: CatalyzeError) -> Outcome:
    result = next(result for error, result in _RESULTS if isinstance(exc, error))
    return Outcome(org_id, opened, result, asked_at, timezone.now(), error=exc.message)


def _with_details(outcome: Outcome) -> Outcome:
    try:
        details = client().get_organization(outcome.org_id, outcome.asked_with.secrets)
    except CatalyzeError:  # the answer matters, the name is a nicety
        details = OrganizationDetails("", "")
    return replace(outcome, details=details, calls=outcome.calls + 1)
