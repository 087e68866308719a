"""Compute bars for charts that need no script."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

WIDE, NARROW = 640, 320
_TOP, _HEIGHT = 26, 100
BASE = _TOP + _HEIGHT


@dataclass(frozen=True, slots=True)
class Bar:
    """Coordinates as text, so that no locale formats them."""

    at: Any  # a month or a moment
    count: int | None  # None: unknown, no bar
    x: str
    y: str
    width: str
    height: str
    middle: str
    label_y: str


@dataclass(frozen=True, slots=True)
class Share:
    name: str
    count: int
    percent: int


def bars(counts: Sequence[tuple[date | datetime, int | None]], width: int = WIDE) -> list[Bar]:
    """Nonzero counts show at least a sliver."""
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
    highest = max((count for _, count in counts), default=0) or 1
    return [Share(name, count, max(1, round(100 * count / highest))) for name, count in counts]
