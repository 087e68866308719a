"""Two organizations of a digest, what happens to them, and which of them a mail names."""

from datetime import timedelta

from customers.models import Digest
from tests.helpers.commands import run

PORTAL = "https://portal.example"
ORG, OTHER = "digest-org", "digest-other"
CARD = {"object": "card", "id": "card_1", "brand": "Visa", "last4": "4242", "exp_month": 5}


def customer(year=2035, **more):
    card = CARD | {"exp_year": year}
    return {"object": "customer", "id": "cus_1", "delinquent": False, "active_card": card} | more


def happens(sandbox, org_id, **more):
    """Change a customer upstream, and sync."""
    sandbox.put_customer(org_id, customer(**more))
    assert run("sync_customers", "--max-age=0s").code == 0


def named(mail):
    return [name for name in ("Digest Org", "Other <Org>") if name in mail.body]


def let_a_day_pass():
    for row in Digest.objects.all():
        row.day -= timedelta(days=1)
        row.save()
