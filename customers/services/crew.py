"""Those who ask during a run, on this or on other processes, and what they have in hand."""

import time
from dataclasses import dataclass
from typing import Protocol

from customers.services.due import Job
from customers.services.outcome import Outcome

_LINGER = 0.25  # seconds in which a batch may fill
_LOOK = 0.02


@dataclass(frozen=True, slots=True)
class Done:
    job: Job
    outcomes: list[Outcome]


class Hands(Protocol):
    """Threads that ask, and hand over what came of it."""

    def give(self, jobs: list[Job]) -> None: ...

    def take(self, most: int, patience: float) -> list[Done]:
        """What is done, at most so many; nothing if nothing comes within `patience` seconds.

        What a thread raised is raised here.
        """
        ...


class Crew:
    """Keeps account of what `hands` were given."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self.in_flight = 0  # jobs given and not collected

    def give(self, jobs: list[Job]) -> None:
        self._hands.give(jobs)
        self.in_flight += len(jobs)

    def collect(self, most: int, patience: float) -> list[Done]:
        """What is done, as `Hands.take`; it waits a little for more, because a batch costs little
        more than a single row."""
        found = self._hands.take(most, patience)
        until = time.monotonic() + _LINGER
        while found and len(found) < min(most, self.in_flight) and time.monotonic() < until:
            time.sleep(_LOOK)
            found += self._hands.take(most - len(found), 0.0)
        self.in_flight -= len(found)
        return found
