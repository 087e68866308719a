"""Check several organizations, as many as a page can wait for."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import connections

from customers.services.checking.check import ask, met_by, store_for, with_details
from customers.services.checking.outcome import FAILURES, Outcome, main_trouble
from customers.services.credentials.catalyze_client import PAGE_CONNECTIONS, client, rate_limit_of
from customers.services.credentials.rate_limit import RateLimit
from customers.services.credentials.sessions import try_out
from customers.services.credentials.store import (
    SESSION_ENDED,
    CredentialsUnusable,
    has_ended,
    open_credentials,
)
from customers.upstream.client import CatalyzeClient, OrganizationDetails
from customers.upstream.message import Message

ASKS_FOR = 4  # seconds per request
_TIMED_OUT = Message("timed_out")


class Checked(NamedTuple):
    done: int = 0
    failed: int = 0
    trouble: Message = Message()  # an ended session takes precedence


def check_many(
    user: AbstractBaseUser, org_ids: Sequence[str], within: float | None = None
) -> Checked:
    """As many as `within` allows (seconds; CATALYZE_DEADLINE). Raises CredentialsUnusable."""
    within = within or settings.CATALYZE_DEADLINE
    opened = open_credentials(user.pk)
    rate_limit = rate_limit_of(opened.secrets.api_key)
    until = time.monotonic() + within

    def ask_one(org_id: str) -> Outcome:
        return ask(client(deadline=within), org_id, opened, rate_limit, connections.close_all)

    outcomes = store_for(user, _ask_each(ask_one, org_ids, rate_limit, until))
    done = sum(outcome.result not in FAILURES for outcome in outcomes)
    trouble = main_trouble(outcomes, timed_out=len(org_ids) - len(outcomes))
    return Checked(done, len(org_ids) - done, trouble)


def check_unmet(user: AbstractBaseUser, org_ids: Sequence[str]) -> list[Outcome]:
    """Ask about each with the user's own credentials for ASKS_FOR, and store the outcomes.
    Organizations without an outcome can be asked about again. As in check(), the name is fetched at
    the user's first answer, and a 400 counts only with credentials that have worked, so that
    neither calls nor answers reveal what the portal knows. Raises CredentialsUnusable, also for an
    ended session, and SessionExpired before asking."""
    if has_ended(user):
        raise CredentialsUnusable(SESSION_ENDED.code)
    until = time.monotonic() + ASKS_FOR
    opened = try_out(open_credentials(user.pk))
    rate_limit = rate_limit_of(opened.secrets.api_key)
    met = met_by(user, org_ids)

    def ask_one(org_id: str) -> Outcome | None:
        if (upstream := _client_until(until)) is None:
            return None
        outcome = ask(upstream, org_id, opened, rate_limit, connections.close_all)
        if outcome.error == _TIMED_OUT:  # in less time than Catalyze is usually given
            return None
        if outcome.answer is None or org_id in met:
            return outcome
        if upstream := _client_until(until):
            return with_details(outcome, upstream)
        return replace(outcome, details=OrganizationDetails("", ""))

    return store_for(user, _ask_each(ask_one, org_ids, rate_limit, until - 1))


def _client_until(until: float) -> CatalyzeClient | None:
    """For the whole seconds that are left, because each value needs a client of its own."""
    seconds = int(until - time.monotonic())
    return client(deadline=min(seconds, settings.CATALYZE_DEADLINE)) if seconds >= 1 else None


def _ask_each(
    ask_one: Callable[[str], Outcome | None],
    org_ids: Sequence[str],
    rate_limit: RateLimit,
    until: float,
) -> list[Outcome]:
    """In a few threads, for as long as there is time to begin."""

    def has_time() -> bool:
        return time.monotonic() < until

    def rate_limited() -> Iterator[str]:
        for org_id in org_ids:
            if has_time():
                rate_limit.acquire()
                yield org_id

    def ask_in_time(org_id: str) -> Outcome | None:
        return ask_one(org_id) if has_time() else None

    with ThreadPoolExecutor(PAGE_CONNECTIONS) as pool:
        return [outcome for outcome in pool.map(ask_in_time, rate_limited()) if outcome]
