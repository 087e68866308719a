"""The feed of changes across all organizations whose past a user may see, paged by key."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import chain

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import DateTimeField, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from customers.database.key_parameters import KEYS, among, as_parameter
from customers.database.prepared import Given, Prepared
from customers.models import Change, Customer, Organization
from customers.services.access.visible import OLDEST, USER, changes_of, given_of, visible_changes
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
    if before:
        rows = list(_before(_of_kind(visible_changes(user), kind), before)[: size + 1])
    else:
        rows = _latest(kind, size + 1).ask(**given_of(user))
    shown = rows[:size]
    customers = _customers({change.organization_id for change in shown})
    return Feed(
        _items(user, shown, customers, kind),
        list(customers.values()),
        _cursor(shown[-1]) if len(rows) > size else "",
    )


def _of_kind(changes: QuerySet[Change], kind: str) -> QuerySet[Change]:
    return changes.filter(**{kind: True}) if kind and KIND_LABELS[kind] else changes


@lru_cache(maxsize=100)
def _latest(kind: str, size: int) -> Prepared[Change]:
    changes = changes_of(USER, OLDEST).select_related("seen_with")
    return Prepared(lambda: _of_kind(changes, kind)[:size])


def _customers(keys: set[int]) -> dict[int, Customer]:
    if not keys:
        return {}
    return {customer.pk: customer for customer in _CUSTOMERS.ask(keys=as_parameter(keys))}


_CUSTOMERS = Prepared(
    lambda: Customer.objects.filter(pk__in=among(KEYS)).select_related(
        "organization", "checked_with"
    )
)


def _items(
    user: AbstractBaseUser, shown: Sequence[Change], customers: dict[int, Customer], kind: str
) -> list[Item]:
    """The events of the changes shown, each told from the state that it came out of."""
    if not shown:
        return []
    since_then: defaultdict[int, list[Change]] = defaultdict(list)
    needed = {"keys": as_parameter(customers), "since": shown[-1].seen_at}
    for change in _SINCE_THEN.ask(**given_of(user), **needed):
        since_then[change.organization_id].append(change)
    events: defaultdict[int | None, list[Item]] = defaultdict(list)
    for key, changes in since_then.items():
        for event in events_of(changes, customers[key]):
            if not kind or event.kind == kind:
                events[event.change_id].append(Item(customers[key].organization, event))
    return list(chain.from_iterable(events[change.pk] for change in shown))


_SINCE_THEN = Prepared(
    lambda: (
        changes_of(USER, OLDEST)
        .filter(
            organization_id__in=among(KEYS),
            seen_at__gte=Given("since", DateTimeField()),
        )
        .select_related("seen_with")
    )
)


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
