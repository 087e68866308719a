"""Migrations fill in, from what is stored, the columns that they add."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from customers.models import Change, Customer, DisclosureHead, Organization, View
from customers.services.disclosure_chain import verify
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
chain = import_module("customers.migrations.0018_chain_the_disclosures")
stays = import_module("customers.migrations.0019_disclosures_stay")
folded = import_module("customers.migrations.0038_fill_folded_columns")


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


@pytest.mark.parametrize("rows_at_a_time", [1, 500])
def test_the_disclosures_so_far_are_chained(ana, monkeypatch, rows_at_a_time):
    monkeypatch.setattr(chain, "_ROWS_AT_A_TIME", rows_at_a_time)
    northwind = make_organization("northwind")
    editor = SimpleNamespace(connection=connection, execute=connection.cursor().execute)
    stays.let_go(apps, editor)
    DisclosureHead.objects.all().delete()
    for minutes, user_id in ((9, ana.pk), (7, None), (5, ana.pk)):
        View.objects.create(
            user_id=user_id, organization=northwind, seen_at=ago(minutes), where="page"
        )

    chain.chain(apps, None)

    assert verify().entries == 3
    assert list(View.objects.order_by("pk").values_list("username", "org_id")) == [
        ("ana", "northwind"),
        ("", "northwind"),
        ("ana", "northwind"),
    ]


@pytest.mark.parametrize("rows_at_a_time", [1, 2, 5_000])
def test_names_and_addresses_so_far_are_folded(anas, monkeypatch, rows_at_a_time):
    monkeypatch.setattr(folded, "_ROWS_AT_A_TIME", rows_at_a_time)
    for org_id, name in (("a", "Ärzte"), ("b", ""), ("c", "Éclair"), ("d", "Ωmega")):
        make_organization(org_id, name)
        sent = stripe_customer(email=f"{name}@xn--mller-kva.example" if name else None)
        store([answered(org_id, anas, ago(5), sent)])
    make_organization("without an answer", "Ólaf")
    columns = ("organization__folded_name", "folded_name", "folded_email")
    expected = list(Customer.objects.order_by("pk").values_list(*columns))
    Customer.objects.update(folded_name="", folded_email="")
    Organization.objects.update(folded_name="")

    folded.fill(apps, SimpleNamespace(connection=connection))

    assert list(Customer.objects.order_by("pk").values_list(*columns)) == expected
    assert expected[0] == ("arzte", "arzte", "arzte@muller.example")
    assert expected[1] == ("", "", "")
    assert Organization.objects.get(org_id="without an answer").folded_name == "olaf"
