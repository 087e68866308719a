"""Read through: what a page or command needs to show one organization."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from customers.models import Credentials, Customer
from customers.services.access.visible import visible_customer
from customers.services.checking.check import check
from customers.services.checking.outcome import Outcome, Result
from customers.services.credentials.store import SESSION_ENDED, CredentialsUnusable
from customers.upstream.message import Message
from customers.upstream.org_id import clean_org_id


@dataclass(frozen=True, slots=True)
class Lookup:
    """The answer that may be shown, if any, and what came of asking, if it was asked.

    `trouble` says why nothing newer is there, and `needs_sign_in` whether new
    credentials would help.
    """

    org_id: str
    customer: Customer | None
    outcome: Outcome | None = None
    trouble: Message = Message()
    needs_sign_in: bool = False

    @property
    def result(self) -> Result | None:
        return self.outcome.result if self.outcome else None


def look_up(user: AbstractBaseUser, org_id: str, *, refresh: bool = False) -> Lookup:
    """The stored answer if `user` may see it, else what their credentials get from the upstream.

    `refresh` asks in any case. Raises BadOrgId.
    """
    org_id = clean_org_id(org_id)
    stored = visible_customer(user, org_id)
    if stored and not refresh:
        if not Credentials.objects.get(user_id=user.pk).may_ask:
            return Lookup(org_id, stored, trouble=SESSION_ENDED, needs_sign_in=True)
        return Lookup(org_id, stored, trouble=stored.last_error)
    try:
        outcome = check(user, org_id)
    except CredentialsUnusable as exc:
        return Lookup(org_id, stored, trouble=exc.message, needs_sign_in=True)
    return Lookup(
        org_id,
        visible_customer(user, org_id),
        outcome,
        trouble=outcome.error,
        needs_sign_in=outcome.result is Result.EXPIRED,
    )


def is_stale(customer: Customer) -> bool:
    """Whether the answer is older than CUSTOMER_MAX_AGE."""
    if customer.checked_at is None:
        return True
    return timezone.now() - customer.checked_at > settings.CUSTOMER_MAX_AGE
