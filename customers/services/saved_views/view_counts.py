"""How many organizations a user sees on each saved view, by their own rights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from django.contrib.auth.models import AbstractBaseUser

from customers.models import SavedView
from customers.services.access.kept_figures import kept
from customers.services.lists.list_parameters import stored_list
from customers.services.lists.listing import count_cap, count_list

# Seconds for all views, once a minute; what is not counted by then has no count until it is opened.
COUNTED_FOR = 0.5


@dataclass(frozen=True, slots=True)
class ViewCounts:
    counts: dict[int, tuple[int, int]]  # by key, with the cap; a count may be one more than that
    counted_at: datetime | None  # None without views


def view_counts(
    user: AbstractBaseUser, views: Sequence[SavedView], worklists: Mapping[str, int]
) -> ViewCounts:
    if not views:
        return ViewCounts({}, None)
    versions = {view.pk: _version(view) for view in views}
    found = kept(user, "views", lambda: _counted(user, views, worklists), versions.values())
    figures = {key: found.figures[version] for key, version in versions.items()}
    return ViewCounts(
        {key: (count, cap) for key, (count, cap) in figures.items() if count is not None},
        found.counted_at,
    )


def _counted(
    user: AbstractBaseUser, views: Sequence[SavedView], worklists: Mapping[str, int]
) -> dict[str, tuple[int | None, int]]:
    ends, counts = monotonic() + COUNTED_FOR, {}
    for view in views:
        listed = stored_list(view.parameters)
        count = count_list(user, listed, worklists) if monotonic() < ends else None
        counts[_version(view)] = count, count_cap(listed)
    return counts


def _version(view: SavedView) -> str:
    return f"{view.pk}~{view.changed_at.isoformat()}"
