"""One check: ask the upstream once, then store the answer in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from customers.database.key_parameters import among
from customers.models import Access
from customers.services.access.kept_figures import forget_figures
from customers.services.checking.denials import note_denial
from customers.services.checking.outcome import UNPROVED_400, Outcome, Result
from customers.services.checking.store import store
from customers.services.credentials.catalyze_client import client, rate_limit_of
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
from customers.upstream.org_id import clean_org_id


def check(user: AbstractBaseUser, org_id: str) -> Outcome:
    """Ask about one organization, and store the outcome. Raises BadOrgId, CredentialsUnusable."""
    org_id = clean_org_id(org_id)
    opened = open_credentials(user.pk)
    rate_limit = rate_limit_of(opened.secrets.api_key)
    rate_limit.acquire()
    outcome = ask(client(), org_id, opened, rate_limit)
    if outcome.is_not_set_up:
        outcome = _with_verified_credentials(outcome)
    if outcome.answer and not met_by(user, [org_id]):
        outcome = with_details(outcome, client())
    (counted,) = store_for(user, [outcome])
    note_denial(user, counted)
    return counted


def store_for(user: AbstractBaseUser, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """As store(); the user's figures are then counted again."""
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


def met_by(user: AbstractBaseUser, org_ids: Sequence[str]) -> set[str]:
    """Denials do not count: they are stored only for known organizations."""
    granted = Access.objects.filter(user_id=user.pk, state=Access.State.GRANTED)
    known = granted.filter(organization__org_id__in=among(org_ids, "text"))
    return set(known.values_list("organization__org_id", flat=True))


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


def with_details(outcome: Outcome, upstream: CatalyzeClient) -> Outcome:
    """Ask for the name, at the user's first answer. A missing name is harmless."""
    try:
        details = upstream.get_organization(outcome.org_id, outcome.asked_with.secrets)
    except CatalyzeError:
        details = OrganizationDetails("", "")
    return replace(outcome, details=details, calls=outcome.calls + 1)
