"""Delete expired rows in batches, one transaction each; a killed run can be repeated."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Model, OuterRef, QuerySet, Subquery
from django.utils import timezone

from customers.models import (
    Change,
    Customer,
    Digest,
    Disclosure,
    FailedAttempts,
    Organization,
    PastedList,
    SavedView,
    SecurityEvent,
    SyncRun,
)

_ROWS = 1000  # per transaction, to keep locks short
PASTED_LISTS_KEPT_FOR = timedelta(days=30)


def old_changes(before: datetime) -> QuerySet[Change]:
    return Change.objects.filter(seen_at__lt=before)


def old_disclosures(before: datetime) -> QuerySet[Disclosure]:
    return Disclosure.objects.filter(seen_at__lt=before)


def old_sync_runs(before: datetime) -> QuerySet[SyncRun]:
    return SyncRun.objects.filter(started_at__lt=before)


def old_digests(before: datetime) -> QuerySet[Digest]:
    """Keeps the last settled digest of each user, where the next one starts."""
    settled = Digest.objects.filter(user=OuterRef("user"), settled_at__isnull=False)
    last = Subquery(settled.order_by("-day").values("pk")[:1])
    return Digest.objects.filter(settled_at__lt=before).exclude(pk=last)


def old_events(before: datetime) -> QuerySet[SecurityEvent]:
    return SecurityEvent.objects.filter(happened_at__lt=before)


def old_pasted_lists(before: datetime) -> QuerySet[PastedList]:
    return PastedList.objects.filter(pasted_at__lt=before)


def old_deleted_views(before: datetime) -> QuerySet[SavedView]:
    return SavedView.objects.filter(deleted_at__lt=before)


def old_attempts(before: datetime) -> QuerySet[FailedAttempts]:
    paused = FailedAttempts.objects.filter(paused_until__gte=timezone.now())
    return FailedAttempts.objects.exclude(began_at__gte=before).exclude(pk__in=paused)


def prune_changes(before: datetime) -> int:
    removed = 0
    keys = old_changes(before).order_by("seen_at", "pk").values_list("pk", flat=True)
    while some := list(keys[:_ROWS]):
        removed += _prune_changes(some)
    return removed


def prune_rows(old: Callable[[datetime], QuerySet[Any]], before: datetime) -> int:
    removed = 0
    while keys := list(old(before).order_by("pk").values_list("pk", flat=True)[:_ROWS]):
        removed += _delete(old(before).filter(pk__in=keys))
    return removed


def _prune_changes(keys: list[int]) -> int:
    with transaction.atomic():
        old = Change.objects.filter(pk__in=keys)
        organizations = Organization.objects.filter(pk__in=old.values("organization"))
        list(organizations.select_for_update().order_by("org_id").values_list("pk", flat=True))
        latest = old.order_by().values_list("organization_id").annotate(latest=Max("seen_at"))
        for key, seen_at in list(latest):
            known = Customer.objects.filter(pk=key, first_checked_at__lt=seen_at)
            known.update(first_checked_at=seen_at)
        return _delete(old)


def _delete(rows: QuerySet[Any]) -> int:
    counts: dict[str, int] = rows.delete()[1]
    model: type[Model] = rows.model
    return counts.get(model._meta.label, 0)
