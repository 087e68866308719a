"""Which changes are asked for: of some kinds, from a time to a time, of whose organizations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from customers.database.key_parameters import among
from customers.models import Change, Customer
from customers.models.folding import fold_to_store
from customers.services.access.visible import plainly_visible, visible_changes
from customers.services.lists.worklists import BY_KEY, narrow
from customers.services.watching.unread import is_unread

# By columns of Change, in the order in which the filter lists them.
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
# The worklists that changes can be narrowed to, and the unread ones of what is watched.
MINE, WATCHED, UNREAD = "mine", "watched", "unread"
WHOSE: dict[str, Promise | str] = {
    **{key: BY_KEY[key].label for key in (MINE, WATCHED)},
    UNREAD: gettext_lazy("Unread"),
}
# Above so many organizations their keys are not read first.
_FEW = 10_000
_MOST_OF_A_NAME = 20


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Empty parts do not narrow. `since` is the first moment, `until` the one after the last."""

    kinds: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    organization: str = ""  # an org id, or a name in any capitals
    whose: str = ""  # of WHOSE


EVERYTHING = ChangeFilter()


def changes_of(user: AbstractBaseUser, wanted: ChangeFilter) -> QuerySet[Change]:
    """Those that `user` may see, latest first. KeyError if a kind or `whose` is unknown."""
    changes = visible_changes(user).filter(_of_kinds(wanted.kinds))
    if wanted.since:
        changes = changes.filter(seen_at__gte=wanted.since)
    if wanted.until:
        changes = changes.filter(seen_at__lt=wanted.until)
    if wanted.organization:
        changes = changes.filter(_of_customers(_named(user, wanted.organization)))
    if wanted.whose:
        changes = changes.filter(_whose(user, wanted.whose))
    return changes


def _of_kinds(kinds: Iterable[str]) -> Q:
    return reduce(or_, (Q(**{kind: True}) for kind in kinds if KIND_LABELS[kind]), Q())


def _named(user: AbstractBaseUser, text: str) -> QuerySet[Customer, int]:
    """The organization with this id that `user` may see, or else those with this name."""
    visible = plainly_visible(user)
    by_id = visible.filter(organization__org_id=text).values_list("pk", flat=True)
    named = visible.filter(folded_name=fold_to_store(text)).order_by("pk")
    return by_id if by_id.exists() else named.values_list("pk", flat=True)[:_MOST_OF_A_NAME]


def _whose(user: AbstractBaseUser, whose: str) -> Q:
    worklist = {MINE: MINE, WATCHED: WATCHED, UNREAD: WATCHED}[whose]
    customers = narrow(user, plainly_visible(user), worklist).values_list("pk", flat=True)
    return _of_customers(customers) & (is_unread(user) if whose == UNREAD else Q())


def _of_customers(customers: QuerySet[Customer, int]) -> Q:
    """Few keys are read first, so that the database finds their changes by organization instead
    of searching the latest of all."""
    keys = list(customers[: _FEW + 1])
    few = among(keys) if len(keys) <= _FEW else customers
    return Q(organization_id__in=few)
