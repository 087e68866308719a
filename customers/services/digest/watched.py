"""What changed in the organizations that a user watches, for their digest.
Nothing is marked as read by it: what was mailed is unread until its page is opened."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise

from customers.database.key_parameters import among
from customers.models import Change, Customer, Watch
from customers.services.access.visible import visible_changes, with_some_past
from customers.services.changes.change_filter import KIND_LABELS
from customers.services.changes.mass_delinquency import in_mass_delinquency
from customers.services.watching.watches import is_watched

WATCHED_NEWS = "watched"


def watched_customers(user: AbstractBaseUser) -> QuerySet[Customer]:
    """Those whose changes the user may be told."""
    return with_some_past(user).filter(is_watched(user))


def watched_changes(user: AbstractBaseUser, since: datetime) -> QuerySet[Change]:
    """What changed since then, and since the user watches it."""
    news = _since_watched(user).filter(seen_at__gt=since)
    return news.exclude(in_mass_delinquency(since))


def what_changed(
    user: AbstractBaseUser, customers: Iterable[Customer], since: datetime, until: datetime
) -> dict[int, list[Promise]]:
    """The kinds of each one's changes between these times, or else of its last change."""
    keys = [customer.pk for customer in customers]
    known = _since_watched(user).filter(organization_id__in=among(keys), seen_at__lte=until)
    changes: dict[int, list[Change]] = {}
    for change in known.filter(seen_at__gt=since):
        changes.setdefault(change.organization_id, []).append(change)
    for key in keys:
        if key not in changes:  # an earlier digest could not verify it
            changes[key] = list(known.filter(organization_id=key)[:1])
    return {key: _kinds(found) for key, found in changes.items()}


def _since_watched(user: AbstractBaseUser) -> QuerySet[Change]:
    watches = Watch.objects.filter(user_id=user.pk, organization_id=OuterRef("organization_id"))
    return visible_changes(user).filter(Exists(watches.filter(since__lt=OuterRef("seen_at"))))


def _kinds(changes: list[Change]) -> list[Promise]:
    return [
        label
        for kind, label in KIND_LABELS.items()
        if any(getattr(change, kind) for change in changes)
    ]
