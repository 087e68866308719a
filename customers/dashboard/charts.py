"""Work out the bars of a chart that is drawn without a script."""

from dataclasses import dataclass
from datetime import date

BAR_WIDTH, STEP = 44, 52
_TOP, _BASE = 32, 126


@dataclass(frozen=True, slots=True)
class Bar:
    month: date
    count: int
    x: int
    y: int
    height: int

    @property
    def middle(self) -> int:
        return self.x + BAR_WIDTH // 2

    @property
    def label_y(self) -> int:
        return self.y - 8


def bars(counts: list[tuple[date, int]]) -> list[Bar]:
    """One bar a month, to scale; a month with something in it shows at least a sliver."""
    highest = max((count for _, count in counts), default=0) or 1
    found = []
    for position, (month, count) in enumerate(counts):
        height = max(round((_BASE - _TOP) * count / highest), 3 if count else 1)
        found.append(Bar(month, count, 4 + position * STEP, _BASE - height, height))
    return found
