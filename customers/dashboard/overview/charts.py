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
    """Where it stands, in words that no language writes otherwise."""

    at: Any  # the month or the moment that it stands for
    count: int | None  # None: not known, and no bar
    x: str
    y: str
    width: str
    height: str
    middle: str
    label_y: str


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
    return [
        _bar(at, count, round(position * step, 1), round(step - gap, 1), highest)
        for position, (at, count) in enumerate(counts)
    ]


def _bar(at: date | datetime, count: int | None, x: float, width: float, highest: int) -> Bar:
    height = max(round(_HEIGHT * (count or 0) / highest), 3 if count else 1)
    y, middle = BASE - height, round(x + width / 2, 1)
    return Bar(at, count, f"{x}", f"{y}", f"{width}", f"{height}", f"{middle}", f"{y - 8}")


def shares(counts: Sequence[tuple[str, int]]) -> list[Share]:
    """Each with its part of the largest, in percent."""
    highest = max((count for _, count in counts), default=0) or 1
    return [Share(name, count, max(1, round(100 * count / highest))) for name, count in counts]
