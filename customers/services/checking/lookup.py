from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from customers.models import Credentials, Customer, HeldAnswer
from customers.models.customer import MASS_NOT_SET_UP
from customers.services.access.clock_ahead import latest_credible
from customers.services.access.visible import visible_customer
from customers.services.checking.check import check
from customers.services.checking.outcome import Outcome, Result
from customers.services.credentials.store import SESSION_ENDED, CredentialsUnusable
from customers.upstream.message import Message
from customers.upstream.org_id import clean_org_id


@dataclass(frozen=True, slots=True)
class Lookup:
    """`trouble`: why there is nothing newer. `needs_sign_in`: new credentials would help."""

    org_id: str
    customer: Customer | None
    outcome: Outcome | None = None
    trouble: Message = Message()
    needs_sign_in: bool = False
    credentials: Credentials | None = None  # the user's, where they were read

    @property
    def result(self) -> Result | None:
        return self.outcome.result if self.outcome else None


def look_up(user: AbstractBaseUser, org_id: str, *, refresh: bool = False) -> Lookup:
    """What is stored if `user` may see it, else (or with `refresh`) ask. Raises BadOrgId."""
    org_id = clean_org_id(org_id)
    stored = visible_customer(user, org_id)
    if stored and not refresh:
        (own,) = Credentials.objects.filter(user_id=user.pk)  # or nothing would be visible
        ended = not own.may_ask
        trouble = SESSION_ENDED if ended else stored.last_error
        return Lookup(org_id, stored, trouble=trouble, needs_sign_in=ended, credentials=own)
    try:
        outcome = check(user, org_id)
    except CredentialsUnusable as exc:
        return Lookup(org_id, stored, trouble=exc.message, needs_sign_in=True)
    return Lookup(
        org_id,
        visible_customer(user, org_id),
        outcome,
        trouble=outcome.error or _held_back(outcome),
        needs_sign_in=outcome.result is Result.EXPIRED,
    )


def _held_back(outcome: Outcome) -> Message:
    held = HeldAnswer.objects.filter(
        customer__organization__org_id=outcome.org_id, asked_at=outcome.asked_at
    )
    return MASS_NOT_SET_UP if outcome.answer and held.exists() else Message()


def is_stale(customer: Customer) -> bool:
    if customer.checked_at is None:
        return True
    oldest = timezone.now() - settings.CUSTOMER_MAX_AGE
    return not oldest <= customer.checked_at <= latest_credible()
