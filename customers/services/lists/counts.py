"""How many organizations that a user may see are on each worklist."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from customers.database.capped_counts import capped_counts
from customers.services.access.kept_figures import kept
from customers.services.access.visible import visible_customers
from customers.services.lists.worklists import BY_KEY, narrow


@dataclass(frozen=True, slots=True)
class WorklistCounts:
    """The counts of all worklists by key, and of all organizations for an empty key, each counted
    to one over COUNT_CAP at most."""

    counts: dict[str, int]
    counted_at: datetime


def worklist_counts(user: AbstractBaseUser) -> WorklistCounts:
    """The counts, which may be a minute old."""
    found = kept(user, "worklists", lambda: count_worklists(user, ["", *BY_KEY]))
    return WorklistCounts(found.figures, found.counted_at)


def count_worklists(user: AbstractBaseUser, keys: Iterable[str]) -> dict[str, int]:
    """How many are on these now."""
    customers = visible_customers(user)
    return capped_counts({key: narrow(user, customers, key) for key in keys})
