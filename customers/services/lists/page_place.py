"""Where a page stands in a list that is paged by key: its numbers, and the way on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePlace:
    next: str  # the `after` of the next page, or ""
    previous: str  # the `before` of the page before, or ""
    start: int  # the number of the first row in the whole list; 0 if that is not known
    length: int
    size: int  # the most rows that it may have
    count: int
    is_capped: bool

    @property
    def end(self) -> int:
        return self.start + self.length - 1 if self.start else 0

    @property
    def next_start(self) -> int:
        return self.end + 1 if self.start else 0

    @property
    def previous_start(self) -> int:
        return max(1, self.start - self.size) if self.start else 0


def later_start(said: int, length: int, count: int, cap: int, *, has_more: bool) -> int:
    """The number of a later page's first row: as its link says, if that can be."""
    end = said + length - 1
    if said > 1 and (count > cap or (end < count if has_more else end == count)):
        return said
    return 0 if has_more or count > cap else count - length + 1
