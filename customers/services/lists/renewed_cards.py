"""Cards that recently left the worklists of expiring cards because a new answer updated them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from customers.database.key_parameters import among
from customers.models import Change, Customer, Organization
from customers.services.access.visible import visible_changes, with_visible_past
from customers.services.history.differences import Facts, method_words, steps
from customers.services.lists.worklists import holds_expiry
from customers.upstream.stripe.payment_method import expires_on

_RECENT = timedelta(days=1)
_MOST = 20
_KINDS = ("changed_expiry", "changed_method")


@dataclass(frozen=True, slots=True)
class Renewal:
    customer: Customer
    method: str
    words: str  # what it is now, and what it was
    seen_at: datetime

    @property
    def organization(self) -> Organization:
        return self.customer.organization


def renewals(user: AbstractBaseUser, worklist: str) -> list[Renewal]:
    """What left the worklist within the last day, latest first."""
    recent = visible_changes(user).filter(seen_at__gte=timezone.now() - _RECENT)
    # One query per kind: each kind has its own index.
    organizations = recent.values_list("organization_id", flat=True)
    keys = {key for kind in _KINDS for key in organizations.filter(**{kind: True})[:_MOST]}
    if not keys:
        return []
    changes: defaultdict[int, list[Change]] = defaultdict(list)
    for change in recent.filter(organization_id__in=among(keys)):
        changes[change.organization_id].append(change)
    customers = with_visible_past(user).filter(pk__in=among(keys))
    found = [
        renewal
        for customer in customers.select_related("organization", "checked_with")
        for renewal in _of_one(customer, changes[customer.pk], worklist)
    ]
    return sorted(found, key=lambda renewal: renewal.seen_at, reverse=True)[:_MOST]


def _of_one(customer: Customer, changes: list[Change], worklist: str) -> Iterator[Renewal]:
    if _is_on(worklist, customer.exp_month, customer.exp_year):
        return
    for change, before, now in steps(changes, customer):
        is_card = now["state"] == Customer.State.CARD
        if is_card and _is_on(worklist, before["exp_month"], before["exp_year"]):
            yield Renewal(customer, method_words(now), _words(before, now), change.seen_at)
            return


def _is_on(worklist: str, month: int | None, year: int | None) -> bool:
    last_day = expires_on(month, year)
    return last_day is not None and holds_expiry(worklist, last_day)


def _words(before: Facts, now: Facts) -> str:
    values = {"now": _expiry_words(now), "before": _expiry_words(before)}
    if method_words(before) == method_words(now):
        return _("renewed by the issuer: %(now)s, was %(before)s") % values
    values["method"] = method_words(before)
    return _("replaced: %(now)s, was %(method)s, %(before)s") % values


def _expiry_words(facts: Facts) -> str:
    if not facts["exp_month"] or not facts["exp_year"]:
        return _("expiry unknown")
    return f"{facts['exp_month']:02}/{facts['exp_year']}"
