"""Work out the bars of charts that are drawn without a script."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

WIDE, NARROW = 640, 320
_TOP, _HEIGHT = 26, 100
BASE = _TOP + _HEIGHT


@dataclass(frozen=True, slots=True)
class Bar:
    at: Any  # the month or the moment that it stands for
    count: int | None  # None: not known, and no bar
    x: float
    y: int
    width: float
    height: int

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def label_y(self) -> int:
        return self.y - 8


@dataclass(frozen=True, slots=True)
class Share:
    """One row of a table with a bar in it; `percent` is of the largest."""

    name: str
    count: int
    percent: int


def bars(counts: Sequence[tuple[date | datetime, int | None]], width: int = WIDE) -> list[Bar]:
    """One bar each, to scale; whatever is not zero shows at least a sliver."""
    highest = max((count for _, count in counts if count), default=1)
    gap = width / 80
    step = (width + gap) / max(len(counts), 1)
    found = []
    for position, (at, count) in enumerate(counts):
        height = max(round(_HEIGHT * (count or 0) / highest), 3 if count else 1)
        x = round(position * step, 1)
        found.append(Bar(at, count, x, BASE - height, round(step - gap, 1), height))
    return found


def shares(counts: Sequence[tuple[str, int]]) -> list[Share]:
    """Each with its part of the largest, in percent."""
    highest = max((count for _, count in counts), default=0) or 1
    return [Share(name, count, max(1, round(100 * count / highest))) for name, count in counts]
