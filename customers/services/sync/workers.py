"""The worker threads of a run."""

import queue
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from django.db import connections

from customers.services.checking.outcome import Outcome
from customers.services.sync.credential_pool import CredentialPool
from customers.services.sync.due import Job

_LINGER = 0.25  # seconds to wait for a batch to fill
_POLL_INTERVAL = 0.02


@dataclass(frozen=True, slots=True)
class Done:
    job: Job
    outcomes: list[Outcome]


class WorkerPool:
    def __init__(self, size: int, credentials: CredentialPool) -> None:
        self._credentials = credentials
        self._executor = ThreadPoolExecutor(size)
        self._done: queue.SimpleQueue[Future[Done]] = queue.SimpleQueue()
        self.in_flight = 0  # jobs submitted but not collected

    def __enter__(self) -> "WorkerPool":
        return self

    def __exit__(self, *exc: object) -> None:
        self._executor.shutdown(cancel_futures=True)

    def submit(self, jobs: list[Job]) -> None:
        for job in jobs:
            self._executor.submit(self._work, job).add_done_callback(self._done.put)
        self.in_flight += len(jobs)

    def collect(self, most: int, patience: float) -> list[Done]:
        """Up to `most` results, or none after `patience` seconds; raises what a thread raised."""
        found = self._take(most, patience)
        until = time.monotonic() + _LINGER
        while found and len(found) < min(most, self.in_flight) and time.monotonic() < until:
            time.sleep(_POLL_INTERVAL)
            found += self._take(most - len(found), 0.0)
        self.in_flight -= len(found)
        return found

    def _take(self, most: int, patience: float) -> list[Done]:
        self._credentials.reserve()
        found = []
        try:
            found.append(self._done.get(timeout=patience).result())
            while len(found) < most:
                found.append(self._done.get_nowait().result())
        except queue.Empty:
            pass
        return found

    def _work(self, job: Job) -> Done:
        try:
            return Done(job, self._credentials.ask(job))
        finally:
            connections.close_all()  # opened by a renewal, if any
