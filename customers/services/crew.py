"""The threads of a run: they only ask, and hand over what came of it."""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connections

from customers.services.due import Job
from customers.services.outcome import Outcome

_LINGER = 0.25  # seconds in which a batch may fill
_LOOK = 0.02


@dataclass(frozen=True, slots=True)
class Done:
    job: Job
    outcomes: list[Outcome]


class Crew:
    """`size` threads that call `ask` for each job; as a context, they have ended behind it."""

    def __init__(self, size: int, ask: Callable[[Job], list[Outcome]]) -> None:
        self._ask = ask
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[Done | BaseException] = queue.SimpleQueue()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(size)]
        self.in_flight = 0  # jobs given and not collected

    def __enter__(self) -> "Crew":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        for _thread in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    def give(self, jobs: list[Job]) -> None:
        for job in jobs:
            self._jobs.put(job)
        self.in_flight += len(jobs)

    def collect(self, most: int, patience: float) -> list[Done]:
        """What is done, at most so many; nothing if nothing comes within `patience` seconds.

        It waits a little for more, because a batch costs little more than a single row. What a
        thread raised is raised here.
        """
        try:
            found = [self._done.get(timeout=patience)]
        except queue.Empty:
            return []
        until = time.monotonic() + _LINGER
        while self._done.qsize() + 1 < min(most, self.in_flight) and time.monotonic() < until:
            time.sleep(_LOOK)
        while len(found) < most and not self._done.empty():
            found.append(self._done.get_nowait())
        self.in_flight -= len(found)
        return [_or_raise(item) for item in found]

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                self._done.put(Done(job, self._ask(job)))
            except BaseException as exc:  # handed to the caller's thread, which raises it
                self._done.put(exc)
        connections.close_all()


def _or_raise(item: Done | BaseException) -> Done:
    if isinstance(item, BaseException):
        raise item
    return item
