"""How many more or fewer organizations are on a worklist than seven days ago.
Told from the history that the user may see. Renewals are not in it: one that has moved on within
the week is taken to have been due in it. Of failed checks, only their beginning is known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from customers.database.capped_counts import COUNT_CAP, capped_counts
from customers.database.key_parameters import among
from customers.models import Customer
from customers.services.access.kept_figures import kept
from customers.services.access.visible import plainly_visible, with_visible_past
from customers.services.lists.worklists import narrow, narrow_to_count
from customers.services.overview.on_lists import IS_ON
from customers.services.overview.past_steps import (
    PastSteps,
    Step,
    first_check,
    past_steps,
    value_at,
)
from customers.services.wording.expiry import today
from customers.upstream.stripe.payment_method import expires_on

_WEEK = timedelta(weeks=1)
# The kinds of change that put onto these lists, or take off them.
_KINDS = ("is_counted", "changed_expiry", "changed_method")
_BY_RENEWAL, _FAILED = "expires-before-renewal", "could-not-check"
_COMPARED = ("delinquent", "expired", _BY_RENEWAL, "no-payment-method", "unclear")
_UNDONE = ("state", "delinquent", "exp_month", "exp_year")
_READ = (*_UNDONE, "expires_on", "charged_expires_on", "charged_renews_on", "charge_seen_at")


@dataclass(frozen=True, slots=True)
class _Then:
    day: date
    at: datetime


def week_changes(user: AbstractBaseUser, counts: Mapping[str, int]) -> dict[str, int]:
    """By worklist, where it can be told. Of failed checks, how many began within the week."""
    found: dict[str, int] = kept(user, "week", lambda: _counted(user, counts)).figures
    return found


def _counted(user: AbstractBaseUser, counts: Mapping[str, int]) -> dict[str, int]:
    then = _Then(today() - _WEEK, timezone.now() - _WEEK)
    keys = [key for key in _COMPARED if counts[key] <= COUNT_CAP]
    past = past_steps(user, then.at, _KINDS) if _was_known(user, then) else None
    if past is None or past.since > then.at:
        keys = []
    visible = with_visible_past(user)
    so_then = {key: narrow_to_count(user, visible, key, then.day) for key in keys}
    levels = capped_counts(
        {f"now {key}": narrow_to_count(user, visible, key, today()) for key in keys}
        | {f"so then {key}": so_then[key] for key in keys}
        | {f"then {key}": _unchanged(so_then[key], key, then) for key in keys}
        | {_FAILED: _failing_since(user, then.at)}
    )
    undone = _undone(past, keys, then) if past and keys else {}
    differences = {
        key: levels[f"now {key}"] - levels[f"then {key}"] - undone[key]
        for key in keys
        if levels[f"so then {key}"] <= COUNT_CAP
    }
    return differences | ({_FAILED: levels[_FAILED]} if counts[_FAILED] <= COUNT_CAP else {})


def _was_known(user: AbstractBaseUser, then: _Then) -> bool:
    first = first_check(user)
    return first is not None and first <= then.at


def _failing_since(user: AbstractBaseUser, at: datetime) -> QuerySet[Customer]:
    return narrow(user, plainly_visible(user), _FAILED).filter(failing_since__gt=at)


def _unchanged(so_then: QuerySet[Customer], key: str, then: _Then) -> QuerySet[Customer]:
    """Those that were known and on the list, if nothing of them has changed since.
    Their keys come from an index alone, and only then their rows."""
    keys = so_then.order_by().values("pk")[: COUNT_CAP + 1]
    rows = Customer.objects.filter(pk__in=keys, first_checked_at__lte=then.at)
    if key != _BY_RENEWAL:
        return rows
    has_moved = Q(charge_seen_at__isnull=False, charge_seen_at__gt=then.at)
    return rows.filter(~has_moved | Q(charged_expires_on__lt=then.day))


def _undone(past: PastSteps, keys: Iterable[str], then: _Then) -> dict[str, int]:
    """How many more were on each list with the changes since taken back."""
    more = dict.fromkeys(keys, 0)
    # Their past was just found to be visible.
    changed = Customer.objects.filter(pk__in=among(past.steps), first_checked_at__lte=then.at)
    # Not as rows of the model, which take three times as long to make.
    for row in changed.values("pk", *_READ):
        now = SimpleNamespace(**row)
        before = _before(now, past.steps[now.pk], then.at)
        for key in more:
            more[key] += _was_listed(before, key, then) - _was_listed(now, key, then)
    return more


def _was_listed(customer: Any, key: str, then: _Then) -> bool:
    moved_at = customer.charge_seen_at
    if key == _BY_RENEWAL and moved_at and moved_at > then.at:
        last_day = customer.charged_expires_on
        return last_day is not None and last_day < then.day
    return IS_ON[key](customer, then.day)


def _before(now: SimpleNamespace, steps: list[Step], at: datetime) -> SimpleNamespace:
    """The facts as they were. A renewal that has not moved by itself is as it was, too."""
    undone = {column: value_at(at, column, getattr(now, column), steps) for column in _UNDONE}
    before = SimpleNamespace(**vars(now) | undone)
    before.expires_on = expires_on(before.exp_month, before.exp_year)
    if before.expires_on != now.expires_on:
        if now.charged_expires_on == now.expires_on:
            before.charged_expires_on = before.expires_on
        before.charge_seen_at = None
    return before
