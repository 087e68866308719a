"""The news for a user, verified upstream with their own credentials."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from customers.models import Access, Customer
from customers.services.access.visible import customers_shown_to, plainly_visible, visible_changes
from customers.services.changes.mass_delinquency import in_mass_delinquency
from customers.services.checking.check_many import check_many
from customers.services.credentials.store import CredentialsUnusable
from customers.services.digest.watched import (
    WATCHED_NEWS,
    watched_changes,
    watched_customers,
)
from customers.services.lists.worklists import narrow
from customers.services.wording.expiry import day_of, today, warned_until

# What was asked for first, then the most urgent. At most MOST_VERIFIED organizations are verified,
# in this order.
NEWS_KINDS = (WATCHED_NEWS, "delinquent", "lost", "expired", "expiring")
MOST_VERIFIED = 100
_MOST = 10_000
NewsItems = list[tuple[int, str]]  # keys of organizations, each with a kind of news


@dataclass(slots=True)
class News:
    """`more` exceeded the limit of a digest; `unverified` got no answer upstream."""

    customers: dict[str, list[Customer]] = field(default_factory=dict)
    more: dict[str, int] = field(default_factory=dict)
    unverified: NewsItems = field(default_factory=list)

    @property
    def disclosed(self) -> list[Customer]:
        rows = {row.pk: row for kind in self.customers.values() for row in kind}
        return list(rows.values())


def find_news(user: AbstractBaseUser, since: datetime, left: NewsItems) -> NewsItems:
    found = dict.fromkeys(item for kind in NEWS_KINDS for item in _new(user, kind, since))
    return list(found | dict.fromkeys(_still_true(user, left)))


def reverify_news(user: AbstractBaseUser, found: NewsItems) -> News:
    """Check the findings again with the user's own credentials, and keep those that still hold."""
    news = News()
    ordered = sorted(found, key=lambda item: NEWS_KINDS.index(item[1]))
    asked = list(dict.fromkeys(key for key, _ in ordered))[:MOST_VERIFIED]
    fresh = _asked_again(user, asked)
    visible = set(plainly_visible(user).filter(pk__in=asked).values_list("pk", flat=True))
    holding = set(_still_true(user, [item for item in ordered if item[0] in fresh]))
    rows = customers_shown_to(user, fresh).in_bulk()
    for key, kind in ordered:
        if key not in asked:
            news.more[kind] = news.more.get(kind, 0) + 1
        elif (key, kind) in holding:
            news.customers.setdefault(kind, []).append(rows[key])
        elif key in visible and key not in fresh:
            news.unverified.append((key, kind))
    return news


def _asked_again(user: AbstractBaseUser, keys: Sequence[int]) -> set[int]:
    started = timezone.now()
    visible = plainly_visible(user).filter(pk__in=keys)
    org_ids = dict(visible.values_list("pk", "organization__org_id"))
    try:
        if org_ids:
            check_many(user, [org_ids[key] for key in keys if key in org_ids])
    except CredentialsUnusable:
        return set()
    proved = Access.objects.filter(
        user_id=user.pk, organization_id__in=keys, proved_at__gte=started
    )
    answered = Customer.objects.filter(pk__in=proved.values("organization"))
    return set(answered.filter(checked_at__gte=started).values_list("pk", flat=True))


def _new(user: AbstractBaseUser, kind: str, since: datetime) -> NewsItems:
    is_new = _is_new(user, kind, since)
    rows = _on(user, kind).filter(is_new)
    return [(key, kind) for key in rows.order_by("pk").values_list("pk", flat=True)[:_MOST]]


def _is_new(user: AbstractBaseUser, kind: str, since: datetime) -> Q:
    if kind == WATCHED_NEWS:
        changes = watched_changes(user, since)
        return Q(pk__in=changes.order_by().values("organization"))
    changed = visible_changes(user).filter(seen_at__gt=since).exclude(in_mass_delinquency(since))
    became = {
        "delinquent": Q(became_delinquent=True),
        "lost": Q(lost_method=True) | Q(deleted_customer=True),
        "expired": Q(changed_method=True) | Q(gained_method=True) | Q(changed_expiry=True),
        "expiring": Q(changed_method=True) | Q(gained_method=True) | Q(changed_expiry=True),
    }[kind]
    by_change = Q(pk__in=changed.filter(became).order_by().values("organization"))
    return by_change | _by_the_calendar(kind, since)


def _by_the_calendar(kind: str, since: datetime) -> Q:
    """Cards that entered a worklist because a date passed."""
    then, now = day_of(since), today()
    if kind == "expired":
        return Q(expires_on__gte=then, expires_on__lt=now)
    if kind == "expiring":
        return Q(expires_on__gt=warned_until(then), expires_on__lte=warned_until(now))
    return Q(pk__in=[])


def _on(user: AbstractBaseUser, kind: str) -> QuerySet[Customer]:
    if kind == WATCHED_NEWS:
        return watched_customers(user)
    if kind == "lost":
        states = (Customer.State.NONE, Customer.State.DELETED)
        return plainly_visible(user).filter(state__in=states)
    return narrow(user, plainly_visible(user), kind)


def _still_true(user: AbstractBaseUser, items: Iterable[tuple[int, str]]) -> NewsItems:
    by_kind: dict[str, list[int]] = {}
    for key, kind in items:
        by_kind.setdefault(kind, []).append(key)
    return [
        (key, kind)
        for kind, keys in by_kind.items()
        for key in _on(user, kind).filter(pk__in=keys).values_list("pk", flat=True)
    ]
