"""What has changed since a user's last visit, or recently if they have not been here before."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from customers.database.capped_counts import NARROWED_COUNT_CAP, capped_count
from customers.models import Customer
from customers.services.access.kept_figures import kept
from customers.services.accounts.last_visit import last_visit_of
from customers.services.changes.change_feed import ChangeLine, feed
from customers.services.changes.change_filter import EVERYTHING, ChangeFilter, changes_of

MOST_NEWS = 14


@dataclass(frozen=True, slots=True)
class SinceVisit:
    visit: datetime | None
    lines: list[ChangeLine]
    customers: list[Customer]  # all that the lines disclose
    count: int  # of changes, capped as beside the feed; of the lines without a visit


def since_visit(user: AbstractBaseUser) -> SinceVisit:
    visit = last_visit_of(user)
    found = feed(user, ChangeFilter(since=visit) if visit else EVERYTHING, size=MOST_NEWS)
    count = _count(user, visit) if visit else 0
    return SinceVisit(visit, found.lines, found.customers, max(count, len(found.lines)))


def _count(user: AbstractBaseUser, visit: datetime) -> int:
    def counted() -> dict[str, int]:
        return {key: capped_count(changes_of(user, ChangeFilter(since=visit)), NARROWED_COUNT_CAP)}

    key = visit.isoformat()
    count: int = kept(user, "since-visit", counted, [key]).figures[key]
    return count
