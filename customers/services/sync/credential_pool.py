"""The credentials of a run, and checks of one organization with them."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from django.db import connections

from customers.database.retry import try_again
from customers.models import Credentials
from customers.services.access.proof_rule import uses_lists
from customers.services.checking.check import ask, ask_for_list
from customers.services.checking.outcome import Outcome, Result
from customers.services.credentials.catalyze_client import client, rate_limit_of
from customers.services.credentials.rate_limit import RateLimit
from customers.services.credentials.store import (
    CredentialsUnusable,
    Opened,
    open_credentials,
    owners_of,
)
from customers.services.sync.by_lists import (
    MOST_CALLS,
    needs_verifying,
    users_by_users_id,
)
from customers.services.sync.circuit_breaker import CircuitBreaker
from customers.services.sync.due import Job
from customers.services.sync.report import Options
from customers.services.sync.sessions_first import SessionsFirst
from customers.upstream.client import CatalyzeClient
from customers.upstream.errors import SessionExpired
from customers.upstream.message import Message

# Seconds of calls reserved ahead; a page with the same key may have to wait as long.
_RESERVED = 0.5
_Send = Callable[[CatalyzeClient, str, Opened, RateLimit, Callable[[], None]], Outcome]


class CredentialPool:
    """Worker threads call `ask`; only the writer calls the rest."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._upstream = client(options.concurrency)
        self._breaker = CircuitBreaker(options.concurrency)
        self._opened: dict[int, Opened] = {}
        self._rate_limits: dict[str, RateLimit] = {}
        self._sessions = SessionsFirst()
        self._ended: set[int] = set()
        self._is_stopped = False
        self._users: dict[str, list[int]] = {}  # by usersId
        self.verified = 0  # sessions, before anything was asked with them

    def open(self) -> list[Message]:
        """Decrypt all credentials and try them; returns an error for each that cannot be used."""
        troubles = []
        unverified = needs_verifying(self._options.user_ids) if uses_lists() else set()
        for user_id in self._options.user_ids:
            try:
                opened = open_credentials(user_id)
                if user_id in unverified or not opened.has_worked:
                    opened = self._verified(opened)
            except (CredentialsUnusable, SessionExpired) as exc:
                troubles.append(exc.message)
                continue
            self._opened[user_id] = opened
            key = opened.secrets.api_key
            self._rate_limits.setdefault(key, rate_limit_of(key, self._options.max_rps))
        if uses_lists():
            self._users = users_by_users_id(self._opened)
        return troubles

    def _verified(self, opened: Opened) -> Opened:
        if self._is_stopped or self._sessions.has_given_up:
            return opened
        rate_limit_of(opened.secrets.api_key, self._options.max_rps).acquire()
        self.verified += uses_lists()
        return self._sessions.verified(opened)

    @property
    def usable_by(self) -> tuple[int, ...]:
        return tuple(user for user in self._opened if user not in self._ended)

    @property
    def gave_up(self) -> bool:
        return self._breaker.is_open

    @property
    def is_stopped(self) -> bool:
        return self._is_stopped or self.gave_up

    def stop_asking(self) -> None:
        self._is_stopped = True
        for rate_limit in self._rate_limits.values():
            rate_limit.close()

    def reserve(self) -> None:
        for rate_limit in self._rate_limits.values():
            try_again(partial(rate_limit.reserve, _RESERVED))

    def leave_out(self, user_ids: Iterable[int]) -> None:
        self._ended.update(user_ids)

    def drop_former(self) -> int:
        """Stop using credentials that were deleted or replaced; returns their number."""
        owners = owners_of(self._opened)
        former = [
            user
            for user, opened in self._opened.items()
            if user not in self._ended and owners.get(user) != opened.proves_since
        ]
        self._ended.update(former)
        return len(former)

    def ask(self, job: Job) -> list[Outcome]:
        """Ask with each of `must_ask`, then with `may_ask` until one gets an answer."""
        return list(self._ask_by_list(job) if uses_lists() else self._ask(job))

    def _ask(self, job: Job) -> Iterator[Outcome]:
        is_answered = False
        for position, user_id in enumerate((*job.must_ask, *job.may_ask)):
            if is_answered and position >= len(job.must_ask):
                return
            if outcome := self._ask_with(user_id, job, ask):
                is_answered = is_answered or outcome.answer is not None
                yield outcome

    def _ask_by_list(self, job: Job) -> Iterator[Outcome]:
        """Fetch the list if it is due, then the customer if that is: with somebody whom the list
        names, or, if it cannot be read, with who fetched it."""
        calls, may_ask = 0, job.may_ask
        for user_id in job.may_fetch:
            if outcome := self._ask_with(user_id, job, ask_for_list, calls):
                calls += outcome.calls
                yield outcome
                if outcome.result is not Result.EXPIRED:
                    may_ask = self._who_may_ask(job, user_id, outcome)
                    break
        for user_id in may_ask if job.is_stale else ():
            if outcome := self._ask_with(user_id, job, ask, calls):
                calls += outcome.calls
                yield outcome
                if outcome.answer:
                    return

    def _who_may_ask(self, job: Job, fetched_with: int, outcome: Outcome) -> tuple[int, ...]:
        if outcome.result is not Result.LISTED:
            return job.may_ask or (fetched_with,)
        named = {user for each in outcome.named & self._users.keys() for user in self._users[each]}
        # `may_fetch` are in order, and without those whom Catalyze has denied access.
        return (*(user for user in job.may_fetch if user in named), *job.may_ask)

    def _ask_with(self, user_id: int, job: Job, send: _Send, calls: int = 0) -> Outcome | None:
        """None if these credentials cannot be used any more, if the run is over, or if `calls`
        have been made about the organization and that is enough."""
        opened = self._opened.get(user_id)
        if opened is None or user_id in self._ended or self.is_stopped or calls >= MOST_CALLS:
            return None
        rate_limit = self._rate_limits[opened.secrets.api_key]
        rate_limit.wait()
        if self.is_stopped:
            return None
        # A thread uses the database only to renew a session.
        outcome = send(self._upstream, job.org_id, opened, rate_limit, connections.close_all)
        self._note(user_id, outcome)
        return outcome

    def _note(self, user_id: int, outcome: Outcome) -> None:
        self._breaker.note(outcome)
        has_renewed = outcome.asked_with.saved_at != self._opened[user_id].saved_at
        if outcome.result is Result.EXPIRED:
            self._ended.add(user_id)
        elif has_renewed:
            self._opened[user_id] = outcome.asked_with


def users_to_check_with(usernames: Iterable[str]) -> tuple[int, ...]:
    """The users whose credentials a run may use: the named ones, or all that can still ask."""
    rows = Credentials.objects.filter(user__is_active=True).order_by("user_id")
    names = list(usernames)
    if names:
        rows = rows.filter(user__username__in=names)
    return tuple(row.user_id for row in rows if names or row.may_ask)


def users_whose_session_ended() -> list[str]:
    rows = Credentials.objects.filter(user__is_active=True).select_related("user")
    return sorted(row.user.get_username() for row in rows if not row.may_ask)
