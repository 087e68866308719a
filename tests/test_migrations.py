"""Migrations fill in, from what is stored, the columns that they add."""

from importlib import import_module

import pytest
from django.apps import apps

from customers.models import Change, Customer
from customers.services.outcome import Result
from customers.services.storing import store
from tests.services.rows import (
    ago,
    answered,
    give_credentials,
    make_organization,
    refused,
    stripe_customer,
)

since = import_module("customers.migrations.0005_fill_customer_since")
kinds = import_module("customers.migrations.0007_fill_change_kinds")


@pytest.fixture
def anas(ana):
    return give_credentials(ana)


@pytest.mark.parametrize("rows_at_a_time", [1, 500])
def test_since_is_filled_in_from_the_changes(anas, monkeypatch, rows_at_a_time):
    monkeypatch.setattr(since, "_ROWS_AT_A_TIME", rows_at_a_time)
    for org_id in ("north", "south"):
        make_organization(org_id)
        for age, late in ((9, True), (7, False), (5, True), (3, True)):
            sent = stripe_customer(delinquent=late, balance=age)
            store([answered(org_id, anas, ago(age), sent)])
    store([refused("south", anas, ago(1), Result.UNAVAILABLE)])
    names = ("state_seen_at", "delinquent_after", "delinquent_seen_at", "failing_since")
    expected = list(Customer.objects.order_by("pk").values(*names))
    Customer.objects.update(**dict.fromkeys(names))

    since.fill(apps, None)

    assert list(Customer.objects.order_by("pk").values(*names)) == expected
    assert expected[0]["delinquent_after"]


def test_kinds_are_filled_in_from_the_differences(anas):
    make_organization("northwind")
    store([answered("northwind", anas, ago(9))])
    store([answered("northwind", anas, ago(5), stripe_customer(delinquent=True))])
    Change.objects.update(became_delinquent=False)

    kinds.fill(apps, None)

    assert Change.objects.get().became_delinquent is True
