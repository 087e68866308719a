"""Nobody stores the card of another organization, whatever comes on a connection that is kept."""

import pytest

from customers.models import Customer, Organization
from tests.helpers.commands import run
from tests.helpers.rows import stripe_customer

CARDS = {f"org-{number}": f"100{number}" for number in range(8)}
STRANGER = '{"object": "customer", "id": "cus_stranger"}'


@pytest.fixture
def eight(signed_in_ana, sandbox):
    """Organizations that Ana may see, each with a card of its own, and never checked."""
    for org_id, last4 in CARDS.items():
        sandbox.put_org(org_id, payment=["ana"])
        sandbox.put_customer(org_id, stripe_customer(last4=last4))
        Organization.objects.create(org_id=org_id)
    return sandbox


def stored_cards():
    rows = Customer.objects.exclude(asked_at=None).select_related("organization")
    return {row.organization.org_id: row.last4 for row in rows}


@pytest.mark.parametrize("threads", [1, 4])
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("status", [100, 102, 103])
def test_informational_answers_change_nothing(eight, status, count, threads):
    eight.set_fault("informational", status=status, count=count, seconds=0.3 / count)

    ran = run("sync_customers", f"--concurrency={threads}")

    assert ran.code == 0
    assert stored_cards() == CARDS


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        ("second-answer", {"body": STRANGER}),
        ("informational", {"status": 101}),
        ("informational", {"count": 100, "seconds": 0}),
        ("wrong-length", {"by": -1}),
        ("bad-chunk", {}),
    ],
)
def test_of_two_calls_that_share_a_connection_neither_gets_what_is_not_its_own(
    eight, kind, parameters
):
    eight.set_fault(kind, share=0.5, **parameters)

    run("sync_customers", "--concurrency=1")

    stored = stored_cards()
    assert stored.items() <= CARDS.items()
    assert stored
