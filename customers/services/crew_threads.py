"""The threads of one process that ask: they only ask, and hand over what came of it."""

import queue
import threading

from django.db import connections

from customers.services.askers import Askers
from customers.services.crew import Done
from customers.services.due import Job


class Threads:
    """`size` threads that ask as `askers` may; as a context, they have ended behind it."""

    def __init__(self, size: int, askers: Askers) -> None:
        self._askers = askers
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[Done | BaseException] = queue.SimpleQueue()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(size)]

    def __enter__(self) -> "Threads":
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

    def take(self, most: int, patience: float) -> list[Done]:
        """As `Hands.take` says."""
        self._askers.reserve()
        found = []
        try:
            found.append(self._done.get(timeout=patience))
            while len(found) < most:
                found.append(self._done.get_nowait())
        except queue.Empty:
            pass
        return [_or_raise(item) for item in found]

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                self._done.put(Done(job, self._askers.ask(job)))
            except BaseException as exc:  # handed to the caller's thread, which raises it
                self._done.put(exc)
        connections.close_all()


def _or_raise(item: Done | BaseException) -> Done:
    if isinstance(item, BaseException):
        raise item
    return item
