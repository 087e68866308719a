"""Collect request times by page, and print them as a table."""

import threading
from collections import defaultdict
from dataclasses import dataclass, field

_HEAD = """\
| page | requests | errors | median ms | 95th ms | 99th ms |
| --- | --: | --: | --: | --: | --: |"""


@dataclass(slots=True)
class Taken:
    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        if not self.seconds:
            return 0.0
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


class Latencies:
    """Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.pages: dict[str, Taken] = defaultdict(Taken)
        self.statuses: dict[int, int] = defaultdict(int)

    def add(self, page: str, seconds: float, status: int, error: str = "") -> None:
        """`status` is 0 without an answer; `error` says what was wrong."""
        with self._lock:
            taken = self.pages[page]
            taken.seconds.append(seconds)
            self.statuses[status] += 1
            if error:
                taken.errors.append(error)

    def all(self) -> Taken:
        return Taken(
            [seconds for taken in self.pages.values() for seconds in taken.seconds],
            [error for taken in self.pages.values() for error in taken.errors],
        )

    def table(self) -> str:
        rows = [*sorted(self.pages.items()), ("**all**", self.all())]
        return "\n".join([_HEAD, *(_row(page, taken) for page, taken in rows)])


def _row(page: str, taken: Taken) -> str:
    parts = (taken.percentile(share) for share in (0.5, 0.95, 0.99))
    numbers = " | ".join(f"{milliseconds:.0f}" for milliseconds in parts)
    return f"| {page} | {len(taken.seconds)} | {len(taken.errors)} | {numbers} |"
