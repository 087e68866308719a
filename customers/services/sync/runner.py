"""Check many organizations: worker threads ask, one writer claims, stores and counts."""

import threading
import time
from array import array
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from django.utils import timezone

from customers.database.retry import try_again
from customers.database.statistics import learn
from customers.models import SyncRun
from customers.services.checking.outcome import Outcome, Result
from customers.services.checking.permission_lists import store_lists
from customers.services.checking.store import store
from customers.services.sync.credential_pool import CredentialPool
from customers.services.sync.due import (
    CHECK_LEASE,
    Job,
    SyncScope,
    claim,
    due,
    make_rows_for_all,
    plan,
    release,
    renew_leases,
)
from customers.services.sync.mass_change import begin_tally, judge_runs, judgement_of
from customers.services.sync.proofs_in_use import ProofsInUse
from customers.services.sync.report import Options, Report
from customers.services.sync.run_record import begin_run, end_lost_runs, end_run, note_progress
from customers.services.sync.workers import Done, WorkerPool
from customers.upstream.message import Message

STORED_AT_ONCE = 500  # organizations stored in one transaction, at most
CLAIM = 500  # organizations claimed at a time
# Organizations claimed ahead per thread, so that no thread idles while a batch is stored.
AHEAD = 12
_PATIENCE = 0.25  # seconds to wait for results
_BEAT = 2.0  # seconds between heartbeats
_LONGEST_PAUSE = 5.0

_FORMER = Message("credentials_changed_in_run")
_GAVE_UP = Message("run_gave_up")


class Sync:
    """`stop()` ends the run after the current batch."""

    def __init__(self, options: Options, started_by: str) -> None:
        self._options = options
        self._started_by = started_by
        self._stopping = threading.Event()
        self._credentials = CredentialPool(options)
        self._held: dict[int, float] = {}  # claimed but not stored: since when
        self._plan = array("q")  # due keys; those before _next were tried
        self._next = 0
        self._in_use = ProofsInUse()
        self._partial = 0  # claimed for some users, and not stored
        self._counted: set[int] = set()  # counted before the rest of their users was asked
        self._beat_at = 0.0
        self.report = Report()

    def stop(self) -> None:
        self._stopping.set()
        self._credentials.stop_asking()

    def count_due(self) -> int:
        make_rows_for_all()
        return self._at_most(due(self._scope()).count())

    def due_org_ids(self) -> Iterator[str]:
        make_rows_for_all()
        found = due(self._scope()).values_list("organization__org_id", flat=True)
        return islice(found.iterator(), self._options.limit)

    def run(self, on_progress: Callable[[Report], None] = lambda report: None) -> Report:
        """Failures are in the report, not raised."""
        end_lost_runs()
        judge_runs()
        self.report.troubles.update(self._credentials.open())
        self.report.verified = self._credentials.verified
        make_rows_for_all()
        run = begin_run(self._options, self._started_by)
        begin_tally(run)
        try:
            self._check_all(run, on_progress)
        except BaseException:
            self.stop()
            raise
        finally:
            try_again(lambda: release(self._held))
            try_again(lambda: self._end(run))
            try_again(judge_runs)
            judgement = judgement_of(run)
            self.report.held, self.report.waiting = judgement.held, judgement.waiting
            self.report.became_delinquent = judgement.became_delinquent
        return self.report

    def _end(self, run: SyncRun) -> None:
        self.report.was_stopped = self._stopping.is_set()
        if self._credentials.gave_up:
            self.report.gave_up = True
            self.report.troubles[_GAVE_UP] += 1
        end_run(run, self.report)

    def _scope(self, run: SyncRun | None = None) -> SyncScope:
        options = self._options
        return SyncScope(
            run.pk if run else None,
            run.started_at if run else timezone.now(),
            self._credentials.usable_by if run else options.user_ids,
            options.org_ids,
            options.is_only_due,
            options.max_age,
        )

    def _check_all(self, run: SyncRun, on_progress: Callable[[Report], None]) -> None:
        self.report.due = self._at_most(self._plan_again(run))
        if not self.report.due:
            return
        with WorkerPool(min(self._options.concurrency, self.report.due), self._credentials) as pool:
            try:
                while self._has_work(run, pool):
                    if done := pool.collect(STORED_AT_ONCE, _PATIENCE):
                        self._store(run, done)
                        on_progress(self.report)
                    self._beat(run)
            except BaseException:
                self.stop()  # first, so that the workers end soon
                raise

    def _has_work(self, run: SyncRun, pool: WorkerPool) -> bool:
        pause = 0.0
        while True:
            self._fill(run, pool)
            if pool.in_flight:
                return True
            if self._is_over() or not self._plan_again(run) or self._stopping.wait(pause):
                return False
            # Another run, perhaps a killed one, holds what is due but claimed.
            pause = min(_LONGEST_PAUSE, pause + 1.0)
            end_lost_runs()
            self._beat(run)

    def _fill(self, run: SyncRun, pool: WorkerPool) -> None:
        while pool.in_flight < self._options.concurrency * AHEAD and not self._is_over():
            scope, room = self._scope(run), self._room(pool)
            if not scope.user_ids:  # a thread has ended the last session meanwhile
                return
            jobs = self._in_use.claim(scope, room)
            self._partial += len(jobs)
            if not jobs:
                keys = self._plan[self._next : self._next + room]
                if not keys or self._partial:  # these may be among them
                    return
                jobs = claim(scope, keys)
                self._next += len(keys)
            self._held.update(dict.fromkeys((job.key for job in jobs), time.monotonic()))
            pool.submit(jobs)

    def _plan_again(self, run: SyncRun) -> int:
        self._plan, self._next = plan(self._scope(run)), 0
        return len(self._plan)

    def _room(self, pool: WorkerPool) -> int:
        if self._options.limit is None:
            return CLAIM
        return max(0, min(CLAIM, self._options.limit - self.report.checked - pool.in_flight))

    def _at_most(self, count: int) -> int:
        return count if self._options.limit is None else min(count, self._options.limit)

    def _is_over(self) -> bool:
        limit = self._options.limit
        is_full = limit is not None and self.report.checked >= limit
        return is_full or self._credentials.is_stopped or not self._credentials.usable_by

    def _store(self, run: SyncRun, done: list[Done]) -> None:
        outcomes = [replace(one, run=run) for item in done for one in item.outcomes]
        if lists := [outcome for outcome in outcomes if outcome.is_of_list]:
            try_again(lambda: store_lists(lists))
        answers = [outcome for outcome in outcomes if not outcome.is_of_list]
        counted = iter(try_again(lambda: store(answers)))
        if former := self._credentials.drop_former():
            self.report.troubles[_FORMER] += former
        asked_all = [item.job.key for item in done if item.job.is_whole and item.outcomes]
        try_again(lambda: release([item.job.key for item in done], asked_all))
        for item in done:
            self._held.pop(item.job.key, None)
            self._partial -= not item.job.is_whole
            checked = [one if one.is_of_list else next(counted) for one in item.outcomes]
            self._count(item.job, checked)

    def _count(self, job: Job, outcomes: list[Outcome]) -> None:
        self._credentials.leave_out(
            outcome.asked_with.user_id
            for outcome in outcomes
            if outcome.result is Result.DISCOUNTED
        )
        if job.key in self._counted:
            self.report.count_troubles(outcomes)
        elif outcomes or not self._credentials.is_stopped:
            self.report.count(outcomes)
            if not job.is_whole:
                self._counted.add(job.key)

    def _beat(self, run: SyncRun) -> None:
        """Every few seconds: store progress, and renew old claims."""
        now = time.monotonic()
        if now - self._beat_at < _BEAT:
            return
        self._beat_at = now
        note_progress(run, self.report)
        old = [key for key, since in self._held.items() if now - since > CHECK_LEASE.seconds / 3]
        renew_leases(old)
        self._held.update(dict.fromkeys(old, now))
        learn()
