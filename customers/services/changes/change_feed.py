"""The feed of changes across all organizations whose past a user may see, paged by key."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet

from customers.database.key_parameters import among
from customers.models import Change, Customer, Organization
from customers.services.access.visible import visible_changes
from customers.services.changes.change_filter import EVERYTHING, ChangeFilter, changes_of
from customers.services.history.differences import Event, events_of
from customers.services.lists.keyset_paging import BadCursor

CHANGES_PER_PAGE = 50
_BIGGEST = 2**63


@dataclass(frozen=True, slots=True)
class Item:
    organization: Organization
    event: Event


@dataclass(frozen=True, slots=True)
class ChangeLine:
    change: Change
    organization: Organization
    events: Sequence[Event]


@dataclass(frozen=True, slots=True)
class FeedPlace:
    """Where a page begins: after or before the line with this cursor, or at the latest."""

    after: str = ""
    before: str = ""


LATEST = FeedPlace()


@dataclass(frozen=True, slots=True)
class Feed:
    lines: list[ChangeLine]
    customers: list[Customer]  # all that the lines disclose
    next: str  # the `after` of the next page, or ""
    previous: str  # the `before` of the page before, or ""

    @property
    def items(self) -> list[Item]:
        return [Item(line.organization, event) for line in self.lines for event in line.events]


def feed(
    user: AbstractBaseUser,
    wanted: ChangeFilter = EVERYTHING,
    place: FeedPlace = LATEST,
    size: int = CHANGES_PER_PAGE,
) -> Feed:
    page, is_later, has_more = _page(changes_of(user, wanted), place, size)
    return _feed(user, wanted, page, is_later=is_later, has_more=has_more)


def feed_behind(user: AbstractBaseUser, wanted: ChangeFilter, after: str, size: int) -> Feed:
    """As `feed`, for programs: nothing is behind the last change. Raises BadCursor."""
    position = _position(after)
    if after and position is None:
        raise BadCursor
    rows = list(_older(changes_of(user, wanted), position)[: size + 1])
    is_later, has_more = position is not None, len(rows) > size
    return _feed(user, wanted, rows[:size], is_later=is_later, has_more=has_more)


def _feed(
    user: AbstractBaseUser,
    wanted: ChangeFilter,
    page: Sequence[Change],
    *,
    is_later: bool,
    has_more: bool,
) -> Feed:
    customers = customers_of(page)
    lines = [
        ChangeLine(change, customers[change.organization_id].organization, events)
        for change, events in described(user, page, customers, wanted.kinds)
    ]
    return Feed(
        lines,
        list(customers.values()),
        _cursor(page[-1]) if has_more else "",
        _cursor(page[0]) if page and is_later else "",
    )


def customers_of(changes: Iterable[Change]) -> dict[int, Customer]:
    keys = {change.organization_id for change in changes}
    rows = Customer.objects.filter(pk__in=among(keys)) if keys else Customer.objects.none()
    return {row.pk: row for row in rows.select_related("organization", "checked_with")}


def described(
    user: AbstractBaseUser,
    page: Sequence[Change],
    customers: dict[int, Customer],
    kinds: Sequence[str] = (),
) -> Iterator[tuple[Change, list[Event]]]:
    """Each change, latest first, with what it says of these kinds, or of all.
    To describe a change takes all later ones of its organization."""
    if not page:
        return
    since_then: defaultdict[int, list[Change]] = defaultdict(list)
    needed = visible_changes(user).filter(
        organization_id__in=among(customers), seen_at__gte=page[-1].seen_at
    )
    for change in needed:
        since_then[change.organization_id].append(change)
    events: defaultdict[int | None, list[Event]] = defaultdict(list)
    for key, changes in since_then.items():
        for event in events_of(changes, customers[key]):
            events[event.change_id].append(event)
    for change in page:
        # What has lost its proof since the page was read says nothing.
        if said := events[change.pk]:
            yield change, [event for event in said if event.kind in kinds] or said


def _page(
    changes: QuerySet[Change], place: FeedPlace, size: int
) -> tuple[list[Change], bool, bool]:
    if before := _position(place.before):
        seen_at, key = before
        newer = changes.filter(Q(seen_at__gt=seen_at) | Q(seen_at=seen_at, pk__gt=key))
        rows = list(newer.order_by("seen_at", "pk")[: size + 1])
        if len(rows) > size:
            return rows[:size][::-1], True, True
    after = None if place.before else _position(place.after)
    rows = list(_older(changes, after)[: size + 1])
    if after and not rows:
        after, rows = None, list(changes[: size + 1])
    return rows[:size], after is not None, len(rows) > size


def _older(changes: QuerySet[Change], after: tuple[datetime, int] | None) -> QuerySet[Change]:
    if after is None:
        return changes
    seen_at, key = after
    return changes.filter(Q(seen_at__lt=seen_at) | Q(seen_at=seen_at, pk__lt=key))


def _position(cursor: str) -> tuple[datetime, int] | None:
    """The place in a cursor, or None, which is the latest change, if the cursor is invalid."""
    text, _, key = cursor.partition("~")
    try:
        seen_at, number = datetime.fromisoformat(text), int(key)
    except ValueError:
        return None
    is_valid = seen_at.tzinfo and 0 <= number < _BIGGEST and 2000 <= seen_at.year <= 9000
    return (seen_at, number) if is_valid else None


def _cursor(change: Change) -> str:
    return f"{change.seen_at.isoformat()}~{change.pk}"
