"""Check many organizations: threads ask, one writer stores in batches.

The worker threads only speak HTTP. The thread that calls `sync` claims, stores and counts, so that
the database sees one writer, one transaction a batch.
"""

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice

from django.db import connections
from django.utils import timezone

from customers.models import Credentials, SyncRun
from customers.services.checking import ask
from customers.services.credentials import CredentialsUnusable, Opened, open_credentials, owners_of
from customers.services.due import (
    LEASE,
    Job,
    Scope,
    claim,
    due,
    hold,
    is_any_due,
    make_rows_for_all,
    release,
)
from customers.services.outcome import Outcome, Result
from customers.services.pace import Pace
from customers.services.sessions import try_out
from customers.services.storing import store
from customers.services.sync_report import Options, Report, begin_run, end_run
from customers.services.upstream import client, sync_pace
from customers.upstream.client import CatalyzeClient
from customers.upstream.errors import SessionExpired

BATCH = 200  # organizations stored in one transaction, at most
CLAIM = 500  # organizations claimed at a time


@dataclass(frozen=True, slots=True)
class _Done:
    job: Job
    outcomes: list[Outcome]


class Sync:
    """One run. `stop()` makes it finish the batch in hand and end with the counts so far."""

    def __init__(self, options: Options, started_by: str) -> None:
        self._options = options
        self._started_by = started_by
        self._stopping = threading.Event()
        self._askers: dict[int, Opened] = {}
        self._paces: dict[str, Pace] = {}
        self._ended: set[int] = set()  # users whose session ended during the run
        self._held: set[int] = set()  # claimed and not stored yet
        self._renewed_at = time.monotonic()
        self._done: queue.Queue[_Done | BaseException] = queue.Queue()
        self.report = Report()

    def stop(self) -> None:
        self._stopping.set()

    def count_due(self) -> int:
        """How many organizations a run would check now."""
        make_rows_for_all()
        found = due(self._scope()).count()
        return found if self._options.limit is None else min(found, self._options.limit)

    def due_org_ids(self) -> Iterator[str]:
        """The organizations that a run would check now, most at risk first."""
        make_rows_for_all()
        found = due(self._scope()).values_list("organization__org_id", flat=True)
        return islice(found.iterator(), self._options.limit)

    def run(self, on_progress: Callable[[Report], None] = lambda report: None) -> Report:
        """Check what is due, and store it; failures are in the report, not raised."""
        self._open_askers()
        self.report.due = self.count_due()
        run = begin_run(self._options, self._started_by)
        try:
            self._check_all(self._scope(run), on_progress)
        finally:
            self.report.was_stopped = self._stopping.is_set()
            end_run(run, self.report)
        return self.report

    def _open_askers(self) -> None:
        for user_id in self._options.user_ids:
            try:
                opened = try_out(open_credentials(user_id))
            except (CredentialsUnusable, SessionExpired) as exc:
                self.report.troubles[str(exc)] += 1
                continue
            self._askers[user_id] = opened
            key = opened.secrets.api_key
            self._paces.setdefault(key, sync_pace(key, self._options.max_rps))

    def _scope(self, run: SyncRun | None = None) -> Scope:
        now = run.started_at if run else timezone.now()
        users = tuple(self._askers) if run else self._options.user_ids
        options = self._options
        return Scope(
            run.pk if run else None,
            now,
            users,
            options.org_ids,
            options.is_only_due,
            options.max_age,
        )

    def _check_all(self, scope: Scope, on_progress: Callable[[Report], None]) -> None:
        with ThreadPoolExecutor(self._options.concurrency) as pool:
            try:
                self._feed(pool, scope, on_progress)
            except BaseException:
                self.stop()
                pool.shutdown(cancel_futures=True)
                release(self._held)
                raise

    def _feed(
        self, pool: ThreadPoolExecutor, scope: Scope, on_progress: Callable[[Report], None]
    ) -> None:
        """Keep the threads busy, and store what they bring, until nothing is due any more."""
        upstream = client(self._options.concurrency)
        in_flight = 0
        while True:
            if in_flight < self._options.concurrency * 2:
                jobs = self._claim(scope, in_flight)
                for job in jobs:
                    pool.submit(self._work, upstream, job)
                in_flight += len(jobs)
            if in_flight:
                done = self._collect()
                in_flight -= len(done)
                self._store(done)
                on_progress(self.report)
            elif not self._waits_for_others(scope):
                return

    def _claim(self, scope: Scope, in_flight: int) -> list[Job]:
        room = CLAIM
        if self._options.limit is not None:
            room = min(room, self._options.limit - self.report.checked - in_flight)
        if room <= 0 or self._stopping.is_set() or not self._alive():
            return []
        jobs = claim(self._of_the_living(scope), room)
        self._held.update(job.key for job in jobs)
        return jobs

    def _waits_for_others(self, scope: Scope) -> bool:
        """Pause while another run holds something due: if it was killed, its claims run out."""
        if self._is_full() or not self._alive() or not is_any_due(self._of_the_living(scope)):
            return False
        return not self._stopping.wait(1.0)

    def _is_full(self) -> bool:
        return self._options.limit is not None and self.report.checked >= self._options.limit

    def _of_the_living(self, scope: Scope) -> Scope:
        """The scope without the users whose session has ended: they can prove nothing any more."""
        living = tuple(user for user in self._askers if user not in self._ended)
        return replace(scope, user_ids=living)

    def _alive(self) -> bool:
        return len(self._ended) < len(self._askers)

    def _work(self, upstream: CatalyzeClient, job: Job) -> None:
        """In a worker thread: ask for one organization, and hand over what came of it."""
        try:
            self._done.put(_Done(job, list(self._ask(upstream, job))))
        except BaseException as exc:  # handed to the caller's thread, which raises it
            self._done.put(exc)
        finally:
            connections.close_all()

    def _ask(self, upstream: CatalyzeClient, job: Job) -> Iterable[Outcome]:
        is_answered = False
        for position, user_id in enumerate((*job.must_ask, *job.may_ask)):
            if is_answered and position >= len(job.must_ask):
                return
            asker = self._askers.get(user_id)
            if asker is None or user_id in self._ended or self._stopping.is_set():
                continue
            self._paces[asker.secrets.api_key].wait()
            outcome = ask(upstream, job.org_id, asker)
            self._note_asker(user_id, outcome)
            is_answered = is_answered or outcome.answer is not None
            yield outcome

    def _note_asker(self, user_id: int, outcome: Outcome) -> None:
        if outcome.result is Result.EXPIRED:
            self._ended.add(user_id)
        elif outcome.asked_with.saved_at != self._askers[user_id].saved_at:
            self._askers[user_id] = outcome.asked_with  # it renewed itself

    def _drop_former_askers(self) -> None:
        """Stop asking with credentials that were forgotten or replaced since the run began."""
        owners = owners_of(self._askers)
        for user_id, asker in self._askers.items():
            if user_id not in self._ended and owners.get(user_id) != asker.proves_since:
                self._ended.add(user_id)
                self.report.troubles["Credentials were changed or forgotten during the run."] += 1

    def _collect(self) -> list[_Done]:
        """What is done by now, waiting for the first; at most a batch."""
        done = [self._done.get()]
        while len(done) < BATCH and not self._done.empty():
            done.append(self._done.get_nowait())
        finished = []
        for item in done:
            if isinstance(item, BaseException):
                raise item
            finished.append(item)
        return finished

    def _store(self, done: list[_Done]) -> None:
        counted = iter(store([outcome for item in done for outcome in item.outcomes]))
        self._drop_former_askers()
        release([item.job.key for item in done])
        self._held.difference_update(item.job.key for item in done)
        if time.monotonic() - self._renewed_at > LEASE.total_seconds() / 4:
            hold(self._held)
            self._renewed_at = time.monotonic()
        for item in done:
            outcomes = list(islice(counted, len(item.outcomes)))
            self._ended.update(
                outcome.asked_with.user_id
                for outcome in outcomes
                if outcome.result is Result.DISCOUNTED
            )
            if outcomes or not self._stopping.is_set():
                self.report.count(outcomes)


def askers(usernames: Iterable[str]) -> tuple[int, ...]:
    """The users whose credentials a run may use: those named, or all that may still ask."""
    rows = Credentials.objects.filter(user__is_active=True).order_by("user_id")
    names = list(usernames)
    if names:
        rows = rows.filter(user__username__in=names)
    return tuple(row.user_id for row in rows if names or row.may_ask)


def former_askers() -> list[str]:
    """The users whose session has ended, so that a run of all leaves them out."""
    rows = Credentials.objects.filter(user__is_active=True).select_related("user")
    return sorted(row.user.get_username() for row in rows if not row.may_ask)
