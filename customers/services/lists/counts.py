"""How many organizations a user sees on each worklist."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from customers.database.capped_counts import capped_counts
from customers.services.access.kept_figures import kept
from customers.services.access.visible import plainly_visible
from customers.services.lists.worklists import BY_KEY, narrow_to_count
from customers.services.wording.expiry import today


@dataclass(frozen=True, slots=True)
class WorklistCounts:
    """Counts by worklist key, "" for all organizations; none exceeds COUNT_CAP + 1."""

    counts: dict[str, int]
    counted_at: datetime


def worklist_counts(user: AbstractBaseUser) -> WorklistCounts:
    keys = ["", *BY_KEY]
    found = kept(user, "worklists", lambda: count_worklists(user, keys), keys)
    return WorklistCounts(found.figures, found.counted_at)


def count_worklists(user: AbstractBaseUser, keys: Iterable[str]) -> dict[str, int]:
    customers = plainly_visible(user)
    day = today()
    return capped_counts({key: narrow_to_count(user, customers, key, day) for key in keys})
