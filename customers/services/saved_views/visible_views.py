"""Which saved views somebody sees: their own, and those that colleagues share."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, User
from django.db.models import Case, Q, QuerySet, When

from customers.models import SavedView
from customers.services.lists.columns import COLUMNS

MOST_IN_RAIL = 20
PAGE_OF_SHARED = 50


@dataclass(frozen=True, slots=True)
class RailViews:
    views: Sequence[SavedView]  # the user's own first, at most MOST_IN_RAIL
    has_more: bool
    opened: SavedView | None


def rail_views(user: AbstractBaseUser, opened: int | None) -> RailViews:
    """The views beside a list, and the one with the key `opened` if the user sees it."""
    own_first = Case(When(owner_id=user.pk, then=0), default=1)
    rows = _visible(user).order_by(own_first, "folded_name", "pk").prefetch_related("owner")
    found = list(rows[: MOST_IN_RAIL + 1])
    view = next((one for one in found if one.pk == opened), None)
    if view is None and opened is not None and len(found) > MOST_IN_RAIL:
        view = find_view(user, opened)
    return RailViews(found[:MOST_IN_RAIL], len(found) > MOST_IN_RAIL, view)


def find_view(user: AbstractBaseUser, key: int) -> SavedView | None:
    """None alike for what does not exist, was deleted, or is somebody else's alone."""
    return _visible(user).filter(pk=key).first()


def own_views(user: AbstractBaseUser) -> list[SavedView]:
    own = SavedView.objects.filter(owner_id=user.pk, deleted_at=None)
    return list(own.order_by("folded_name", "pk"))


def colleagues_views(user: AbstractBaseUser, after: SavedView | None) -> list[SavedView]:
    """One more than a page of what others share, behind `after` by name."""
    rows = SavedView.objects.filter(shared_at__isnull=False, deleted_at=None)
    rows = rows.exclude(owner_id=user.pk).select_related("owner").order_by("folded_name", "pk")
    if after is not None:
        name = after.folded_name
        rows = rows.filter(Q(folded_name__gt=name) | Q(folded_name=name, pk__gt=after.pk))
    return list(rows[: PAGE_OF_SHARED + 1])


def may_change(user: AbstractBaseUser, view: SavedView) -> bool:
    return bool(view.owner_id == user.pk)


def may_delete(user: AbstractBaseUser, view: SavedView) -> bool:
    """The owner; anybody once the owner has left."""
    return may_change(user, view) or owner_of(view) is None


def owner_of(view: SavedView) -> User | None:
    """None if the owner was deleted or may no longer sign in."""
    owner = view.owner
    return owner if owner and owner.is_active and owner.is_staff else None


def columns_of_view(view: SavedView) -> tuple[str, ...]:
    """Without those that a release no longer has; empty if none is left."""
    return tuple(column.name for column in COLUMNS if column.name in view.columns)


def _visible(user: AbstractBaseUser) -> QuerySet[SavedView]:
    seen = Q(private_to_id=user.pk) | Q(shared_at__isnull=False)
    return SavedView.objects.filter(seen, deleted_at=None)
