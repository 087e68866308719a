"""Renew first the proofs that their users work with, so that what lapses, if any must, is what
nobody needs: of organizations that the user watches, owns the case of, or opened within a week."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Q, QuerySet, Window
from django.db.models.expressions import RawSQL
from django.db.models.functions import RowNumber
from django.utils import timezone

from customers.database.key_parameters import among
from customers.models import Access, Case, Customer, Disclosure, Watch
from customers.services.access.proof_rule import uses_lists
from customers.services.sync.due import Job, SyncScope, has_failed, is_fresh, lease, release

_OPENED = timedelta(days=7)
# A run may last for days, and more of them become due meanwhile.
_LOOK_EVERY = timedelta(minutes=10)
_PAIR = ("user_id", "organization_id")


class ProofsInUse:
    def __init__(self) -> None:
        self._keys: list[int] = []
        self._looked_at: datetime | None = None

    def claim(self, scope: SyncScope, room: int) -> list[Job]:
        """Of up to `room` organizations; none if nothing of the kind is due. Under
        ACCESS_PROOFS=listed, lists renew them all alike."""
        if scope.is_named or uses_lists():
            return []
        now = timezone.now()
        if self._looked_at is None or now - self._looked_at >= _LOOK_EVERY:
            self._looked_at = now
            self._keys = plan_in_use(replace(scope, started_at=now))
        keys, self._keys = self._keys[:room], self._keys[room:]
        return claim_in_use(replace(scope, started_at=self._looked_at), keys) if keys else []


def plan_in_use(scope: SyncScope) -> list[int]:
    """Organizations by their oldest proof, one of each user in turn; after them those that failed,
    or they would hold up every run."""
    turn = Window(RowNumber(), partition_by="user_id", order_by="proved_at")
    failed = ~Q(organization__customer__last_error_code="")
    proofs = (
        _due_in_use(scope)
        .annotate(turn=turn, failed=failed)
        .order_by("failed", "turn", "proved_at")
    )
    return list(dict.fromkeys(proofs.values_list("organization_id", flat=True)))


def claim_in_use(scope: SyncScope, keys: Collection[int]) -> list[Job]:
    """Only the users who need it ask; the others, later in the run."""
    customers = Customer.objects.filter(pk__in=among(keys)).exclude(has_failed(scope))
    found = lease(customers.values_list("pk", "organization__org_id", named=True), None)
    users: dict[int, list[int]] = {}
    due = _due_in_use(scope).filter(organization_id__in=among(found)).order_by("user_id")
    for user_id, key in due.values_list(*_PAIR):
        users.setdefault(key, []).append(user_id)
    release(found.keys() - users.keys())  # another run was quicker
    return [
        Job(key, found[key].organization__org_id, tuple(users[key]), (), is_whole=False)
        for key in keys
        if key in users
    ]


def _due_in_use(scope: SyncScope) -> QuerySet[Access]:
    opened_since = scope.started_at - _OPENED
    opened = Disclosure.objects.filter(where=Disclosure.Where.PAGE, seen_at__gte=opened_since)
    in_use = Watch.objects.filter(user_id__in=scope.user_ids).values(*_PAIR)
    owned = Case.objects.filter(owner__in=scope.user_ids).values("owner_id", "customer_id")
    opened = opened.filter(user_id__in=scope.user_ids).order_by().values(*_PAIR)
    granted = Access.objects.filter(state=Access.State.GRANTED)
    if scope.org_ids:
        granted = granted.filter(organization__org_id__in=scope.org_ids)
    return granted.exclude(is_fresh(scope)).filter(_among_pairs(in_use.union(owned, opened)))


def _among_pairs(pairs: QuerySet[Any, Any]) -> RawSQL:
    """Django has no such lookup for unions on SQLite."""
    sql, parameters = pairs.query.sql_with_params()
    pair = "customers_access.user_id, customers_access.organization_id"
    return RawSQL(f"({pair}) IN ({sql})", parameters, BooleanField())
