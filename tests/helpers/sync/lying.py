"""A desk whose organizations have cards, and a Catalyze that says otherwise of many at once."""

import json

from django.contrib.auth.models import User

from customers.models import Access, Change, Credentials, Customer, HeldAnswer, Organization
from tests.helpers.rows import ago, stripe_customer
from tests.helpers.sandbox_process import SandboxProcess

CARD = {"kind": "status", "status": 200, "body": json.dumps(stripe_customer())}


def make_desk(user: User, count: int, **facts: object) -> list[str]:
    """The org ids of organizations whose cards `user` was sent six hours ago."""
    org_ids = [f"desk-{number:03}" for number in range(count)]
    organizations = Organization.objects.bulk_create(
        Organization(org_id=org_id, name=f"Clinic {org_id}") for org_id in org_ids
    )
    times = {"asked_at": ago(360), "checked_at": ago(360), "first_checked_at": ago(720)}
    row = {"state": "card", "is_set_up": True, "brand": "Visa", "last4": "4242"}
    known = {"delinquent": False, "customer_id": "cus_1", **row, **times, **facts}
    Customer.objects.bulk_create(
        Customer(organization=organization, folded_name=organization.folded_name, **known)
        for organization in organizations
    )
    Access.objects.bulk_create(
        Access(
            user=user,
            organization=organization,
            state="granted",
            proved_at=ago(360),
            customer_sent_at=ago(360),
        )
        for organization in organizations
    )
    Credentials.objects.filter(user=user).update(proves_since=ago(1440))
    return org_ids


def lie(sandbox: SandboxProcess, kind: str, org_ids: list[str]) -> None:
    """About these organizations alone; the others have their card."""
    sandbox.set_faults(*({"kind": kind, "org": org_id} for org_id in org_ids), CARD)


def states() -> dict[str, int]:
    """How many customers have each state."""
    found: dict[str, int] = {}
    for state in Customer.objects.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def held() -> int:
    return HeldAnswer.objects.filter(is_held=True).count()


def pass_hours(hours: float) -> None:
    """Since the first answers that are held."""
    HeldAnswer.objects.update(since=ago(hours * 60))


def lost() -> int:
    return Change.objects.filter(lost_method=True).count()
