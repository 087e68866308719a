"""Check organizations that a user may not have met, as many as a page can wait for."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import connections

from customers.database.key_parameters import among
from customers.models import Access
from customers.services.access.kept_figures import forget_figures
from customers.services.checking.check import ask
from customers.services.checking.outcome import Outcome
from customers.services.checking.store import store
from customers.services.credentials.catalyze_client import PAGE_CONNECTIONS, client, rate_limit_of
from customers.services.credentials.sessions import try_out
from customers.services.credentials.store import (
    SESSION_ENDED,
    CredentialsUnusable,
    has_ended,
    open_credentials,
)
from customers.upstream.client import OrganizationDetails
from customers.upstream.errors import CatalyzeError
from customers.upstream.message import Message

ASKS_FOR = 4  # seconds per request
_TIMED_OUT = Message("timed_out")


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
    met = _met(user, org_ids)

    def time_left() -> int:
        """In whole seconds, because each value needs a client of its own."""
        return int(until - time.monotonic())

    def ask_in_time(org_id: str) -> Outcome | None:
        if (seconds := time_left()) < 1:
            return None
        upstream = client(deadline=min(seconds, settings.CATALYZE_DEADLINE))
        outcome = ask(upstream, org_id, opened, rate_limit, connections.close_all)
        if outcome.error == _TIMED_OUT:  # in less time than Catalyze is usually given
            return None
        if outcome.answer is None or org_id in met:
            return outcome
        details = _details(outcome, time_left())
        return replace(outcome, details=details, calls=outcome.calls + 1)

    def rate_limited() -> Iterator[str]:
        for org_id in org_ids:
            if time_left() >= 1:
                rate_limit.acquire()
                yield org_id

    with ThreadPoolExecutor(PAGE_CONNECTIONS) as pool:
        outcomes = [outcome for outcome in pool.map(ask_in_time, rate_limited()) if outcome]
    stored = store(outcomes)
    forget_figures(user.pk)
    return stored


def _met(user: AbstractBaseUser, org_ids: Sequence[str]) -> set[str]:
    """Denials do not count: they are stored only for known organizations."""
    granted = Access.objects.filter(user_id=user.pk, state=Access.State.GRANTED)
    known = granted.filter(organization__org_id__in=among(org_ids, "text"))
    return set(known.values_list("organization__org_id", flat=True))


def _details(outcome: Outcome, seconds: int) -> OrganizationDetails:
    """Empty if the call fails: the answer was asked for, the name is a nicety."""
    if seconds >= 1:
        try:
            upstream = client(deadline=min(seconds, settings.CATALYZE_DEADLINE))
            return upstream.get_organization(outcome.org_id, outcome.asked_with.secrets)
        except CatalyzeError:
            pass
    return OrganizationDetails("", "")
