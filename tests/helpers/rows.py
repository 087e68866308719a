"""Factories for rows and outcomes with harmless defaults."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from customers.models import Access, Change, Credentials, Customer, LastViewed, Organization
from customers.services.checking.outcome import Outcome, Result
from customers.services.credentials import store as credentials
from customers.services.credentials.store import Opened, open_credentials
from customers.services.wording.messages import LEGACY
from customers.upstream.client import CustomerAnswer, OrganizationDetails
from customers.upstream.message import Message
from customers.upstream.stripe.stripe_customer import NOT_SET_UP, parse_customer

API_KEY = "browser tests.invalid 0123456789abcdef"


def ago(minutes: float) -> datetime:
    return timezone.now() - timedelta(minutes=minutes)


def failure(sentence: str) -> Message:
    """An error in words of a test's own."""
    return Message.of(LEGACY, sentence=sentence)


def give_credentials(user: User, token: str = "a token of the tests") -> Opened:
    """Credentials that have worked for a month."""
    credentials.save_pasted(user, API_KEY, token)
    month_ago = timezone.now() - timedelta(days=30)
    Credentials.objects.filter(user=user).update(
        state=Credentials.State.ACTIVE, proved_at=month_ago, proves_since=month_ago
    )
    return open_credentials(user.pk)


def stripe_customer(**changes: Any) -> dict[str, Any]:
    """The payload of a customer with one Visa card."""
    card = {
        "id": "card_1",
        "object": "card",
        "brand": "Visa",
        "last4": "4242",
        "exp_month": 5,
        "exp_year": 2031,
        "funding": "credit",
        "country": "US",
        "fingerprint": "print1",
    }
    of_the_card = (card.keys() & changes.keys()) - {"id"}
    card |= {name: changes.pop(name) for name in of_the_card}
    customer = {
        "object": "customer",
        "id": "cus_1",
        "account_balance": 0,
        "currency": "usd",
        "delinquent": False,
        "livemode": True,
        "email": "billing@northwind.example",
        "default_source": "card_1",
        "sources": {"object": "list", "data": [card]},
    }
    return customer | changes


def answered(
    org_id: str,
    asked_with: Opened,
    asked_at: datetime,
    payload: dict[str, Any] | None = None,
    details: OrganizationDetails | None = None,
) -> Outcome:
    sent = stripe_customer() if payload is None else payload
    answer = CustomerAnswer(parse_customer(sent), json.dumps(sent).encode())
    return _outcome(org_id, asked_with, Result.ANSWERED, asked_at, answer=answer, details=details)


def not_set_up(org_id: str, asked_with: Opened, asked_at: datetime) -> Outcome:
    """The outcome of a 400 for an organization without a customer."""
    answer = CustomerAnswer(NOT_SET_UP, b"")
    return _outcome(org_id, asked_with, Result.ANSWERED, asked_at, answer=answer)


def refused(org_id: str, asked_with: Opened, asked_at: datetime, result: Result) -> Outcome:
    """An outcome without an answer."""
    return _outcome(org_id, asked_with, result, asked_at, error=failure(f"It was {result}."))


def _outcome(
    org_id: str, asked_with: Opened, result: Result, asked_at: datetime, **more: Any
) -> Outcome:
    answered_at = asked_at + timedelta(milliseconds=300)
    return Outcome(org_id, asked_with, result, asked_at, answered_at, **more)


def make_organization(org_id: str, name: str = "Northwind Clinics") -> Organization:
    return Organization.objects.create(org_id=org_id, name=name)


def make_customer(organization: Organization, **facts: Any) -> Customer:
    """The last answer about an organization, by default with a card."""
    row = {
        "state": Customer.State.CARD,
        "is_set_up": True,
        "customer_id": f"cus_{organization.pk}",
        "brand": "Visa",
        "last4": "4242",
        "delinquent": False,
        "balance": 0,
        "currency": "usd",
        "livemode": True,
        "asked_at": ago(5),
        "checked_at": ago(5),
    }
    return Customer.objects.create(
        organization=organization, folded_name=organization.folded_name, **row | facts
    )


def grant(user: User, organization: Organization, **facts: Any) -> Access:
    """Proof that the user's credentials were sent the customer five minutes ago."""
    row = {"state": Access.State.GRANTED, "proved_at": ago(5), "customer_sent_at": ago(5)}
    return Access.objects.create(user=user, organization=organization, **row | facts)


def show(user: User, org_id: str, name: str = "Northwind Clinics", **facts: Any) -> Customer:
    """An organization whose customer the user may see."""
    organization = make_organization(org_id, name)
    customer = make_customer(organization, **facts)
    grant(user, organization)
    return customer


def make_change(organization: Organization, minutes: float = 3, **differences: Any) -> Change:
    """A change such as `last4=["4242", "1881"]`, seen `minutes` ago."""
    return Change.objects.create(
        organization=organization,
        after=ago(minutes + 60),
        seen_at=ago(minutes),
        differences=differences,
    )


def look(user: User, organization: Organization, minutes: float) -> None:
    """The user last opened its page with an answer of so many minutes ago."""
    LastViewed.objects.create(user=user, organization=organization, looked_at=ago(minutes))
