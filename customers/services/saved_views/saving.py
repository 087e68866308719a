"""Make, change, share and delete saved views."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from customers.models import SavedView
from customers.services.lists.columns import COLUMNS
from customers.services.lists.list_parameters import parameters_of, stored_list
from customers.services.lists.listing import Listed
from customers.services.saved_views.refusals import (
    Refusal,
    ViewRefused,
    refuse_list,
    refuse_name,
)
from customers.services.saved_views.visible_views import may_change, may_delete

MOST_VIEWS = 50  # per user


def make_view(
    user: AbstractBaseUser, name: str, listed: Listed, columns: Iterable[str], *, is_shared: bool
) -> SavedView:
    """Raises ViewRefused."""
    refuse_name(name, is_shared=is_shared)
    refuse_list(listed, is_shared=is_shared)
    own = SavedView.objects.filter(owner_id=user.pk, deleted_at=None)
    if own.count() >= MOST_VIEWS:
        raise ViewRefused(Refusal.TOO_MANY)
    now = timezone.now()
    view = SavedView(name=name, owner_id=user.pk, made_at=now)
    _keep(view, listed, columns)
    _share(view, now, is_shared=is_shared)
    _save(view, now)
    return view


def change_view(user: AbstractBaseUser, view: SavedView, name: str, *, is_shared: bool) -> bool:
    """Rename, share or unshare; returns whether `user` may. Raises ViewRefused."""
    if not may_change(user, view):
        return False
    refuse_name(name, is_shared=is_shared)
    refuse_list(stored_list(view.parameters), is_shared=is_shared)
    now = timezone.now()
    view.name = name
    _share(view, now, is_shared=is_shared)
    _save(view, now)
    return True


def update_view(
    user: AbstractBaseUser, view: SavedView, listed: Listed, columns: Iterable[str]
) -> bool:
    """Keep the list as it is now; returns whether `user` may. Raises ViewRefused."""
    if not may_change(user, view):
        return False
    refuse_list(listed, is_shared=view.is_shared)
    _keep(view, listed, columns)
    _save(view, timezone.now())
    return True


def delete_view(user: AbstractBaseUser, view: SavedView) -> bool:
    """Returns whether `user` may. Of a shared view the row stays, with who and when."""
    if not may_delete(user, view):
        return False
    if view.is_shared:
        view.deleted_at, view.deleted_by_id = timezone.now(), user.pk
        view.save()
    else:
        view.delete()
    return True


def _keep(view: SavedView, listed: Listed, columns: Iterable[str]) -> None:
    wanted = set(columns)
    view.parameters = parameters_of(listed)
    view.columns = [column.name for column in COLUMNS if column.name in wanted]


def _share(view: SavedView, now: datetime, *, is_shared: bool) -> None:
    view.shared_at = (view.shared_at or now) if is_shared else None
    view.private_to_id = None if is_shared else view.owner_id


def _save(view: SavedView, now: datetime) -> None:
    view.changed_at = now
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as exc:
        raise ViewRefused(Refusal.NAME_TAKEN) from exc
