"""Recent changes by organization: each kind read through its own index, up to a bound."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Min

from customers.models import Customer
from customers.services.access.visible import visible_changes, with_visible_past

MOST_CHANGES = 5_000  # of each kind
_FIRST_CHECKS_READ = 1_000


@dataclass(frozen=True, slots=True)
class Step:
    seen_at: datetime
    differences: dict[str, list[Any]]
    after: datetime = datetime.max  # unless asked for: to read a time takes longer than the rest


@dataclass(frozen=True, slots=True)
class PastSteps:
    """All steps after `since`, by organization, latest first."""

    since: datetime
    steps: dict[int, list[Step]]


def past_steps(
    user: AbstractBaseUser, since: datetime, kinds: Iterable[str], *also: str
) -> PastSteps:
    """The changes of `kinds` whose past `user` may see; since a later time if they are too many.
    `kinds` are columns of Change with an index each; `also` are fields of Step that take longer."""
    found: dict[int, tuple[int, Step]] = {}
    columns = ("pk", "organization_id", "seen_at", "differences", *also)
    for kind in kinds:
        changes = visible_changes(user).filter(**{kind: True}, seen_at__gt=since)
        rows = list(changes.values_list(*columns)[: MOST_CHANGES + 1])
        if len(rows) > MOST_CHANGES:
            since = rows[-1][2]
        found |= {key: (organization, Step(*step)) for key, organization, *step in rows}
    steps: defaultdict[int, list[Step]] = defaultdict(list)
    for _key, (organization, step) in sorted(found.items(), reverse=True, key=_when):
        if step.seen_at > since:
            steps[organization].append(step)
    return PastSteps(since, steps)


def _when(item: tuple[int, tuple[int, Step]]) -> tuple[datetime, int]:
    key, (_organization, step) = item
    return step.seen_at, key


def value_at(at: datetime, column: str, value: Any, steps: Iterable[Step]) -> Any:
    """What a column held at that time: `value` is what it holds now, `steps` are latest first."""
    for step in steps:
        if step.seen_at <= at:
            break
        if column in step.differences:
            value = step.differences[column][0]
    return value


def first_check(user: AbstractBaseUser) -> datetime | None:
    """The time of the first check, from a bounded number of organizations."""
    some = with_visible_past(user).order_by("pk").values("pk")[:_FIRST_CHECKS_READ]
    first = Customer.objects.filter(pk__in=some).aggregate(first=Min("first_checked_at"))["first"]
    return cast("datetime | None", first)
