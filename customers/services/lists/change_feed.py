"""The feed of changes across all organizations whose past a user may see, paged by key."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from customers.database.key_parameters import among
from customers.models import Change, Customer, Organization
from customers.services.access.visible import visible_changes
from customers.services.history.differences import Event, events_of

PAGE_SIZE = 50
_BIGGEST = 2**63
# By the columns of Change, in the order of the filter.
KIND_LABELS: dict[str, Promise] = {
    "became_delinquent": gettext_lazy("Became delinquent"),
    "was_paid": gettext_lazy("No longer delinquent"),
    "lost_method": gettext_lazy("Payment method removed"),
    "gained_method": gettext_lazy("Payment method added"),
    "changed_method": gettext_lazy("Payment method changed"),
    "changed_expiry": gettext_lazy("Expiry changed"),
    "changed_balance": gettext_lazy("Balance changed"),
    "changed_subscriptions": gettext_lazy("Subscriptions changed"),
    "deleted_customer": gettext_lazy("Stripe customer deleted"),
    "changed_details": gettext_lazy("Details changed"),
}


@dataclass(frozen=True, slots=True)
class Item:
    organization: Organization
    event: Event


@dataclass(frozen=True, slots=True)
class Feed:
    items: list[Item]
    customers: list[Customer]  # those whose changes are told
    next: str  # the `before` of the next page, or ""


def feed(user: AbstractBaseUser, kind: str = "", before: str = "", size: int = PAGE_SIZE) -> Feed:
    """`size` changes of a kind, or of all, the latest first. KeyError if unknown."""
    rows = list(_before(_of_kind(visible_changes(user), kind), before)[: size + 1])
    shown = rows[:size]
    customers = _customers({change.organization_id for change in shown})
    return Feed(
        _items(user, shown, customers, kind),
        list(customers.values()),
        _cursor(shown[-1]) if len(rows) > size else "",
    )


def _of_kind(changes: QuerySet[Change], kind: str) -> QuerySet[Change]:
    return changes.filter(**{kind: True}) if kind and KIND_LABELS[kind] else changes


def _customers(keys: set[int]) -> dict[int, Customer]:
    rows = Customer.objects.filter(pk__in=among(keys))
    return {row.pk: row for row in rows.select_related("organization", "checked_with")}


def _items(
    user: AbstractBaseUser, shown: Sequence[Change], customers: dict[int, Customer], kind: str
) -> list[Item]:
    """The events of the changes shown, each told from the state that it came out of."""
    if not shown:
        return []
    since_then: defaultdict[int, list[Change]] = defaultdict(list)
    needed = visible_changes(user).filter(
        organization_id__in=among(customers), seen_at__gte=shown[-1].seen_at
    )
    for change in needed:
        since_then[change.organization_id].append(change)
    events: defaultdict[int | None, list[Item]] = defaultdict(list)
    for key, changes in since_then.items():
        for event in events_of(changes, customers[key]):
            if not kind or event.kind == kind:
                events[event.change_id].append(Item(customers[key].organization, event))
    return list(chain.from_iterable(events[change.pk] for change in shown))


def _before(changes: QuerySet[Change], cursor: str) -> QuerySet[Change]:
    """The changes behind the cursor; all of them if it says nothing of use."""
    text, _, key = cursor.partition("~")
    try:
        seen_at = datetime.fromisoformat(text)
        number = int(key)
    except ValueError:
        return changes
    if seen_at.tzinfo is None or not 0 <= number < _BIGGEST or not 2000 <= seen_at.year <= 9000:
        return changes
    return changes.filter(Q(seen_at__lt=seen_at) | Q(seen_at=seen_at, pk__lt=number))


def _cursor(change: Change) -> str:
    return f"{change.seen_at.isoformat()}~{change.pk}"
