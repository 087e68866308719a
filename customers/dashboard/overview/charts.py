"""Compute bars for charts that need no script.
Across in per cent and up in pixels, so that a chart takes any width and its text keeps its size."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

_TOP, _HEIGHT = 20, 106
BASE = _TOP + _HEIGHT
_FILLED = 0.74  # of the room of a bar
_LABEL = 5  # pixels between a bar and its label


@dataclass(frozen=True, slots=True)
class Bar:
    """Coordinates as text, so that no locale formats them."""

    at: Any  # a month, a moment or a name
    count: int | None  # None: unknown, no bar
    part: int  # of the count, drawn at the foot of the bar
    x: str
    width: str
    middle: str
    y: str
    height: str
    label_y: str
    part_y: str
    part_height: str


@dataclass(frozen=True, slots=True)
class Share:
    name: str
    count: int
    percent: int


def bars(
    counts: Sequence[tuple[date | datetime | str, int | None]], parts: Sequence[int] = ()
) -> list[Bar]:
    """Nonzero counts show at least a sliver."""
    highest = max((count for _, count in counts if count), default=1)
    room = 100 / max(len(counts), 1)
    return [
        _bar(at, count, parts[place] if parts else 0, place * room, room, highest)
        for place, (at, count) in enumerate(counts)
    ]


def _bar(at: object, count: int | None, part: int, left: float, room: float, highest: int) -> Bar:
    height, part_height = _height(count or 0, highest), _height(part, highest) if part else 0
    return Bar(
        at,
        count,
        part,
        x=f"{left + room * (1 - _FILLED) / 2:.2f}%",
        width=f"{room * _FILLED:.2f}%",
        middle=f"{left + room / 2:.2f}%",
        y=f"{BASE - height}",
        height=f"{height}",
        label_y=f"{BASE - height - _LABEL}",
        part_y=f"{BASE - part_height}",
        part_height=f"{part_height}",
    )


def _height(count: int, highest: int) -> int:
    return max(round(_HEIGHT * count / highest), 3 if count else 1)


def shares(counts: Sequence[tuple[str, int]]) -> list[Share]:
    highest = max((count for _, count in counts), default=0) or 1
    return [Share(name, count, max(1, round(100 * count / highest))) for name, count in counts]
