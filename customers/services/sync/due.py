"""Choose what a sync checks next, and claim it against other runs."""

from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from customers.database.key_parameters import among
from customers.database.statistics import learn
from customers.models import Access, Credentials, Customer, Disclosure, Organization
from customers.services.access.clock_ahead import latest_credible
from customers.services.access.organization_names import make_customers
from customers.services.access.proof_rule import uses_lists
from customers.services.sync.by_lists import askers, is_due
from customers.services.wording.expiry import today, warned_until

# How long a claim lasts unless its run renews it; a killed run's claims expire.
CHECK_LEASE = timedelta(seconds=30)
# An organization whose page was opened this recently is as urgent as one at risk.
_VIEWED = timedelta(days=1)
# Answers unchanged for this long may become this many times older than others.
_BACK_OFF = ((timedelta(days=1), 2), (timedelta(days=7), 4))
_ROWS_AT_A_TIME = 1000


@dataclass(frozen=True, slots=True)
class SyncScope:
    run_id: int | None  # None while only counting
    started_at: datetime
    user_ids: tuple[int, ...]
    org_ids: tuple[str, ...]  # empty: all
    is_only_due: bool
    max_age: timedelta

    @property
    def is_named(self) -> bool:
        return bool(self.org_ids) and not self.is_only_due

    @property
    def stale_before(self) -> datetime:
        return self.started_at - self.max_age


@dataclass(frozen=True, slots=True)
class Job:
    """`may_ask` are asked only if `must_ask` bring no answer. Under ACCESS_PROOFS=listed, nobody
    must: `may_fetch` are asked for the permission list until one answers."""

    key: int
    org_id: str
    must_ask: tuple[int, ...]
    may_ask: tuple[int, ...]
    is_whole: bool = True  # False: the same run may have to ask other users later
    may_fetch: tuple[int, ...] = ()
    is_stale: bool = True


def make_rows_for_all() -> None:
    """Walk by org id: searching from the start again would read all earlier rows each time."""
    known = Customer.objects.filter(pk=OuterRef("pk"))
    missing = Organization.objects.filter(~Exists(known)).order_by("org_id")
    after = ""
    while some := missing.filter(org_id__gt=after).values_list("pk", "org_id")[:_ROWS_AT_A_TIME]:
        with transaction.atomic():
            held = missing.filter(pk__in=among(key for key, _ in some))
            make_customers(held.select_for_update(no_key=True))
        learn()
        *_, (_, after) = some


def due(scope: SyncScope) -> QuerySet[Customer]:
    """What needs a check, most at risk first.
    An organization is due if its answer is too old or a user lacks a fresh proof; a named one until
    one of the users has asked. A failed attempt ends this for the current run and parallel ones."""
    had_its_turn = Q(claimed_by__isnull=False, claimed_by=scope.run_id, lease_until__isnull=True)
    customers = Customer.objects.exclude(had_its_turn).exclude(has_failed(scope))
    if scope.org_ids:
        customers = customers.filter(organization__org_id__in=scope.org_ids)
    own = Access.objects.filter(organization_id=OuterRef("pk"), user_id__in=scope.user_ids)
    if scope.is_named:
        since_then = (scope.started_at, latest_credible())
        customers = customers.exclude(Exists(own.filter(proved_at__range=since_then)))
    elif uses_lists():
        stale = _stale(scope)
        customers = customers.filter(
            is_due(scope.user_ids, scope.started_at, stale, scope.stale_before)
        )
    else:
        customers = customers.annotate(fresh=_count(own.filter(is_fresh(scope)))).filter(
            Q(fresh__lt=len(scope.user_ids))
            | (_stale(scope) & Exists(own.filter(state=Access.State.GRANTED)))
        )
    turn = Coalesce("asked_all_at", "attempted_at", "checked_at")
    return customers.order_by(_risk(scope), turn.asc(nulls_first=True), "pk")


def has_failed(scope: SyncScope) -> Q:
    return ~Q(last_error_code="") & Q(attempted_at__range=(scope.started_at, latest_credible()))


def _count(proofs: QuerySet[Access]) -> Coalesce:
    counted = proofs.order_by().values("organization_id").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def plan(scope: SyncScope) -> "array[int]":
    keys = due(scope).values_list("pk", flat=True)
    return array("q", keys.iterator(chunk_size=_ROWS_AT_A_TIME))


def claim(scope: SyncScope, keys: Sequence[int]) -> list[Job]:
    wanted = due(scope).filter(pk__in=among(keys))
    rows = wanted.annotate(is_stale=ExpressionWrapper(_stale(scope), BooleanField()))
    found = lease(
        rows.values_list("pk", "organization__org_id", "is_stale", named=True), scope.run_id
    )
    return _jobs(scope, [found[key] for key in keys if key in found])


def lease(customers: QuerySet[Customer, Any], run_id: int | None) -> dict[int, Any]:
    """Claim those rows that no run holds. With `run_id`, they are not due to that run again."""
    now = timezone.now()
    with transaction.atomic():
        free = customers.exclude(lease_until__gte=now).order_by()
        rows = free.select_for_update(skip_locked=True, of=("self",))
        found = {row.pk: row for row in rows}
        Customer.objects.filter(pk__in=among(found)).update(
            claimed_by=run_id, lease_until=now + CHECK_LEASE
        )
    return found


def renew_leases(keys: Collection[int]) -> None:
    Customer.objects.filter(pk__in=among(keys)).update(lease_until=timezone.now() + CHECK_LEASE)


def release(keys: Collection[int], asked_all: Collection[int] = ()) -> None:
    """`asked_all`: those of which every user that had to has asked."""
    Customer.objects.filter(pk__in=among(keys)).update(lease_until=None)
    Customer.objects.filter(pk__in=among(asked_all)).update(asked_all_at=timezone.now())


def _stale(scope: SyncScope) -> Q:
    """To save calls, answers that have not changed for long may get older unless urgent."""
    stale = Q(checked_at__lte=scope.stale_before)
    for unchanged_for, times in _BACK_OFF:
        since, limit = scope.started_at - unchanged_for, scope.started_at - scope.max_age * times
        stale &= Q(checked_at__lte=limit) | _urgent(scope) | ~Q(changed_at__lte=since)
    return Q(checked_at__isnull=True) | Q(checked_at__gt=latest_credible()) | stale


def _urgent(scope: SyncScope) -> Q:
    viewed = Disclosure.objects.filter(
        organization_id=OuterRef("pk"), where="page", seen_at__gte=scope.started_at - _VIEWED
    )
    return at_risk(today()) | Q(Exists(viewed))


def at_risk(day: date) -> Q:
    """What a sync checks first: what has gone wrong already or is about to."""
    return Q(delinquent=True) | Q(state=Customer.State.NONE) | Q(expires_on__lte=warned_until(day))


def is_fresh(scope: SyncScope) -> Q:
    """Grants are renewed after half of ACCESS_PROOF_TTL, so they never expire; denials after it."""
    granted_since = scope.started_at - settings.ACCESS_PROOF_TTL / 2
    denied_since = scope.started_at - settings.ACCESS_PROOF_TTL
    valid = Q(state=Access.State.GRANTED, proved_at__gte=granted_since) | Q(
        ~Q(state=Access.State.GRANTED), proved_at__gte=denied_since
    )
    own = Q(pk__in=[])
    rows = Credentials.objects.filter(user_id__in=scope.user_ids)
    for user_id, since in rows.values_list("user_id", "proves_since"):
        own |= Q(user_id=user_id, proved_at__gte=since)
    return valid & own & Q(proved_at__lte=latest_credible())


def _risk(scope: SyncScope) -> Case:
    """Failed first checks come after untried ones, or they would hold up every run."""
    return Case(
        When(checked_at__isnull=True, last_error_code="", then=Value(0)),
        When(_urgent(scope), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def _jobs(scope: SyncScope, rows: list[Any]) -> list[Job]:
    return _jobs_by_lists(scope, rows) if uses_lists() else _jobs_by_own(scope, rows)


def _jobs_by_lists(scope: SyncScope, rows: list[Any]) -> list[Job]:
    found = askers(
        scope.user_ids,
        scope.started_at,
        scope.stale_before,
        [row.pk for row in rows],
        is_forced=scope.is_named,
    )
    return [
        Job(
            row.pk,
            row.organization__org_id,
            (),
            found[row.pk].see,
            may_fetch=found[row.pk].fetch,
            is_stale=row.is_stale or scope.is_named,
        )
        for row in rows
    ]


def _jobs_by_own(scope: SyncScope, rows: list[Any]) -> list[Job]:
    keys = [row.pk for row in rows]
    access = Access.objects.filter(user_id__in=scope.user_ids, organization_id__in=among(keys))
    fresh = set(access.filter(is_fresh(scope)).values_list("user_id", "organization_id"))
    granted = access.filter(state=Access.State.GRANTED).order_by("proved_at")
    proved: dict[int, list[int]] = {}
    for user_id, key in granted.values_list("user_id", "organization_id"):
        proved.setdefault(key, []).append(user_id)
    return [_job(scope, row, fresh, proved.get(row.pk, [])) for row in rows]


def _job(scope: SyncScope, row: Any, fresh: set[tuple[int, int]], oldest_first: list[int]) -> Job:
    must = tuple(user for user in scope.user_ids if (user, row.pk) not in fresh)
    may = tuple(user for user in oldest_first if user not in must) if row.is_stale else ()
    if scope.is_named and not must and not may:
        must = tuple(oldest_first[:1]) or scope.user_ids[:1]
    return Job(row.pk, row.organization__org_id, must, may)
