"""Storing dates the facts that put an organization on to-do lists, and reading again does not."""

from datetime import UTC, date, datetime

import pytest

from customers.models import Customer
from customers.services.checking.reread import reread
from customers.services.checking.store import store
from tests.helpers.rows import ago, answered, make_organization, stripe_customer

RENEWS = int(datetime(2031, 6, 4, tzinfo=UTC).timestamp())


def subscribed(**changes):
    one = {"id": "sub_1", "status": "active", "current_period_end": RENEWS} | changes
    return {"subscriptions": {"data": [one]}}


@pytest.fixture
def stored(anas):
    """Ana was sent the customer nine minutes ago, and is sent what a test says, a minute later."""
    make_organization("northwind")

    def send(minutes, **changes):
        outcome = answered("northwind", anas, ago(minutes), stripe_customer(**changes))
        store([outcome])
        return Customer.objects.get(), outcome.answered_at

    return send


def test_what_was_so_at_first_sight_has_no_date(stored):
    customer, _at = stored(9, **subscribed())

    assert (customer.charged_expires_on, customer.charged_renews_on) == (
        date(2031, 5, 31),
        date(2031, 6, 4),
    )
    assert customer.expiry_seen_at is customer.charge_seen_at is None
    assert customer.first_payment_seen_at is None


@pytest.mark.parametrize(
    ("changes", "dated"),
    [
        ({"exp_year": 2032, **subscribed()}, {"expiry_seen_at", "charge_seen_at"}),
        (subscribed(current_period_end=RENEWS + 86_400), {"charge_seen_at"}),
        (subscribed(status="incomplete"), {"charge_seen_at", "first_payment_seen_at"}),
        ({"email": "new@northwind.example", **subscribed()}, set()),
    ],
)
def test_a_change_of_these_facts_is_dated(stored, changes, dated):
    stored(9, **subscribed())

    changed, at = stored(8, **changes)
    after, _at = stored(7, **changes)

    for customer in (changed, after):
        found = {
            name: getattr(customer, name)
            for name in ("expiry_seen_at", "charge_seen_at", "first_payment_seen_at")
        }
        assert found == {name: at if name in dated else None for name in found}


def test_reading_an_answer_again_fills_the_facts_and_dates_nothing(stored):
    stored(9, **subscribed(status="incomplete"))
    Customer.objects.update(
        charged_expires_on=None, charged_renews_on=None, first_payment_outstanding=False
    )

    list(reread())

    customer = Customer.objects.get()
    assert customer.first_payment_outstanding
    assert customer.first_payment_seen_at is customer.charge_seen_at is None
