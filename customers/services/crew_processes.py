"""Processes of their own for the threads that ask, because the threads of one share one core.

Each is a copy of the one that stores, made when asking begins (`fork`). It stores no answer, so
that it may end at any moment: it does when its pipe is closed, be it because the run was killed.
"""

import multiprocessing
import os
import pickle
import signal
import threading
import time
import traceback
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import NamedTuple

from django.db import connections

from customers.services.askers import Askers, Standing
from customers.services.crew import Done
from customers.services.crew_threads import Threads
from customers.services.due import Job

_ROUND = 0.05  # seconds between two words of a process
_MOST = 250  # organizations told of at once
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class ProcessLost(Exception):
    """A process that asks was killed, or died: what it had in hand was not asked about."""


class _Told(NamedTuple):
    jobs: list[Job]
    standing: Standing


class _Word(NamedTuple):
    done: list[Done]
    standing: Standing


class Processes:
    """`sizes` processes with so many threads each; as a context, they have ended behind it.

    They know what `askers` knows, and it learns from them: whose session has ended, whether the
    upstream keeps failing, whether nothing more is to be asked.
    """

    def __init__(self, sizes: Sequence[int], askers: Askers) -> None:
        self._sizes = sizes
        self._askers = askers
        self._copies = multiprocessing.get_context("fork")
        self._processes: list[multiprocessing.process.BaseProcess] = []
        self._pipes: list[Connection] = []
        self._in_hand: dict[Connection, int] = {}
        self._known: dict[Connection, Standing] = {}
        self._done: deque[Done] = deque()

    def __enter__(self) -> "Processes":
        connections.close_all()  # a copy must not speak on them, nor end them
        # Until a copy has said what it does about a signal, the signal waits.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            for size in self._sizes:
                self._begin(size)
        except BaseException:
            self.__exit__()
            raise
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return self

    def __exit__(self, *exc: object) -> None:
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            process.join()

    def give(self, jobs: list[Job]) -> None:
        """To each as much as brings all to the same."""
        share = -(-(sum(self._in_hand.values()) + len(jobs)) // len(self._pipes))
        left = deque(jobs)
        for pipe in sorted(self._pipes, key=self._in_hand.__getitem__):
            count = min(len(left), max(0, share - self._in_hand[pipe]))
            if count:
                self._tell(pipe, [left.popleft() for _ in range(count)])

    def take(self, most: int, patience: float) -> list[Done]:
        """As `Hands.take` says."""
        for pipe in self._pipes:
            if self._known[pipe] != self._askers.standing:
                self._tell(pipe, [])
        heard = wait(self._pipes, 0 if self._done else patience)
        for pipe in self._pipes:
            if pipe in heard:
                self._hear(pipe)
        return [self._done.popleft() for _ in range(min(most, len(self._done)))]

    def _begin(self, threads: int) -> None:
        ours, theirs = self._copies.Pipe()
        self._pipes.append(ours)
        process = self._copies.Process(
            target=_ask_until_closed, args=(theirs, self._pipes, self._askers, threads)
        )
        process.start()
        theirs.close()
        self._processes.append(process)
        self._in_hand[ours] = 0
        self._known[ours] = self._askers.standing

    def _tell(self, pipe: Connection, jobs: list[Job]) -> None:
        standing = self._askers.standing
        try:
            pipe.send(_Told(jobs, standing))
        except OSError:
            while True:
                self._hear(pipe)  # to what it died of, which is raised
        self._in_hand[pipe] += len(jobs)
        self._known[pipe] = standing

    def _hear(self, pipe: Connection) -> None:
        try:
            word = pipe.recv()
        except (EOFError, OSError) as exc:
            raise ProcessLost("A process that asks was killed, or died.") from exc
        if isinstance(word, BaseException):
            raise word
        self._in_hand[pipe] -= len(word.done)
        self._askers.learn(word.standing)
        self._done.extend(word.done)


def _ask_until_closed(
    pipe: Connection, not_ours: Sequence[Connection], askers: Askers, threads: int
) -> None:
    """What such a process does."""
    for other in not_ours:
        other.close()
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)  # the process that stores says when it is over
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    with Threads(threads, askers) as hands:
        threading.Thread(target=_listen, args=(pipe, hands, askers), daemon=True).start()
        try:
            while True:
                if done := hands.take(_MOST, _ROUND):
                    pipe.send(_Word(done, askers.standing))
                time.sleep(_ROUND)
        except BaseException as exc:  # handed to the process that stores, which raises it
            with suppress(OSError):
                pipe.send(_sendable(exc))
            os._exit(1)


def _sendable(exc: BaseException) -> BaseException:
    """`exc` with its traceback, as a pipe can take it."""
    where = "".join(traceback.format_exception(exc))
    try:
        pickle.loads(pickle.dumps(exc))  # some can be written and not read
    except Exception:
        exc = RuntimeError(f"{type(exc).__name__} in a process that asks")
    exc.add_note(where)
    return exc


def _listen(pipe: Connection, hands: Threads, askers: Askers) -> None:
    """Take jobs at any time, so that the process that stores never waits to hand them over."""
    while True:
        try:
            told = pipe.recv()
            askers.learn(told.standing)
            hands.give(told.jobs)
        except (EOFError, OSError):
            os._exit(0)
        except BaseException:  # deaf, it would keep the run waiting for ever
            traceback.print_exc()
            os._exit(1)
