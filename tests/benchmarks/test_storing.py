"""The portal's side of the storing benchmark stores all that a sync does."""

import json

import pytest

from benchmarks.machinery import payloads, storing_portal
from customers.models import Access, Change, Customer, Payload
from customers.upstream.stripe.stripe_customer import CustomerState, parse_customer

CUSTOMERS = 50


@pytest.mark.django_db
def test_customers_are_inserted_and_then_changed_with_everything_that_belongs_to_them():
    inserted, updated = storing_portal.measure(CUSTOMERS)

    assert inserted.rate > 0
    assert updated.rate > 0
    assert Customer.objects.filter(balance=payloads.AFTERWARDS, last4="0049").count() == 1
    assert Payload.objects.count() == CUSTOMERS
    assert Access.objects.exclude(customer_sent_at=None).count() == CUSTOMERS
    assert [change.differences for change in Change.objects.all()] == [
        {"balance": [payloads.AT_FIRST, payloads.AFTERWARDS]}
    ] * CUSTOMERS


@pytest.mark.django_db
def test_a_side_that_stored_less_gives_no_figures(monkeypatch):
    monkeypatch.setattr(storing_portal, "store", lambda outcomes: [])

    with pytest.raises(RuntimeError, match="'customers': 0"):
        storing_portal.measure(CUSTOMERS)


def test_every_payload_is_another_customer_with_a_card():
    bodies = list(payloads.bodies(CUSTOMERS, payloads.AT_FIRST))

    customers = [parse_customer(json.loads(body)) for body in bodies]

    assert len({customer.id for customer in customers}) == CUSTOMERS
    assert {customer.state for customer in customers} == {CustomerState.CARD}
    assert all(2_300 < len(body) < 2_600 for body in bodies)
