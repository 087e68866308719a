"""The to-do worklists: which facts put an organization on them, and since when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import reduce
from operator import or_

from django.db.models import DateTimeField, F, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from customers.models import Customer
from customers.services.wording.expiry import warned_until

# Stands for facts that have not changed since the first answer.
_AT_FIRST_SIGHT = Value(datetime(1970, 1, 1, tzinfo=UTC), DateTimeField())


@dataclass(frozen=True, slots=True)
class ToDo:
    key: str  # of the worklist
    condition: Callable[[date], Q]  # on Customer, that day
    changed: str  # the column of Customer that says when its facts last changed
    known: str  # the column of Case that remembers that time

    @property
    def since(self) -> Combinable:
        """When its facts last changed; never null."""
        return Coalesce(self.changed, _AT_FIRST_SIGHT)


def expires_before_renewal(day: date) -> Q:
    """Whether the card expires before the renewal that charges it. An unknown or overdue renewal
    may come any day, so a card within the expiry warning counts as well."""
    is_unknown = Q(charged_renews_on=None) | Q(charged_renews_on__lt=day)
    ends_soon = Q(charged_expires_on__lte=warned_until(day))
    return Q(charged_expires_on__lt=F("charged_renews_on")) | (is_unknown & ends_soon)


TO_DO = (
    ToDo(
        "delinquent",
        lambda day: Q(delinquent=True),
        "delinquent_seen_at",
        "knew_delinquent",
    ),
    ToDo(
        "expired",
        lambda day: Q(expires_on__lt=day),
        "expiry_seen_at",
        "knew_expired",
    ),
    ToDo(
        "expires-before-renewal",
        expires_before_renewal,
        "charge_seen_at",
        "knew_expires_before_renewal",
    ),
    ToDo(
        "no-payment-method",
        lambda day: Q(state=Customer.State.NONE),
        "state_seen_at",
        "knew_no_payment_method",
    ),
    ToDo(
        "first-payment-outstanding",
        lambda day: Q(first_payment_outstanding=True),
        "first_payment_seen_at",
        "knew_first_payment_outstanding",
    ),
)
TO_DO_BY_KEY = {each.key: each for each in TO_DO}


def is_to_do(day: date) -> Q:
    return reduce(or_, (each.condition(day) for each in TO_DO))
