"""Cards whose expiry moved on without a charge failing."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from customers.services.overview import past_steps
from customers.services.reports.silent_renewals import months_since, silent_renewals
from customers.services.wording.expiry import today
from tests.helpers.changes.past import make_past_change
from tests.helpers.moments import KIRITIMATI, at
from tests.helpers.rows import give_credentials, grant, make_customer, make_organization, show

RENEWED = {"exp_year": [2026, 2030]}


def change(customer, hours=1, **differences):
    make_past_change(customer, timedelta(hours=hours), **differences)
    return customer


def card(user, org_id, brand="Visa", **facts):
    known = {"exp_month": 5, "exp_year": 2030}
    return show(user, org_id, brand=brand, **known | facts)


def counted(user):
    """By brand: how many were renewed, and how many of them silently."""
    return {row.brand: (row.count, row.silent) for row in silent_renewals(user).rows}


def test_renewals_are_counted_by_brand_with_how_many_were_silent(ana, anas):
    change(card(ana, "one"), **RENEWED)
    change(card(ana, "two"), **RENEWED)
    change(card(ana, "failed", delinquent=True), **RENEWED)
    change(card(ana, "jcb", "JCB"), **RENEWED)

    assert counted(ana) == {"Visa": (3, 2), "JCB": (1, 1)}


@pytest.mark.parametrize(
    "differences",
    [
        {"delinquent": [True, False], **RENEWED},  # paid with the renewed card
        {"delinquent": [False, True], **RENEWED},
    ],
)
def test_a_renewal_beside_a_failed_charge_is_not_silent(ana, anas, differences):
    before, now = differences["delinquent"]
    change(card(ana, "northwind", delinquent=now), **differences)

    assert counted(ana) == {"Visa": (1, 0)}


def test_a_charge_that_failed_before_or_after_does_not_speak_about_the_renewal(ana, anas):
    customer = card(ana, "northwind", delinquent=True)
    change(customer, 2, **RENEWED)
    change(customer, 1, delinquent=[False, True])
    change(customer, 9, delinquent=[True, False])

    assert counted(ana) == {"Visa": (1, 1)}


@pytest.mark.parametrize(
    ("facts", "differences"),
    [
        ({}, {"last4": ["1881", "4242"], **RENEWED}),
        ({}, {"brand": ["JCB", "Visa"], **RENEWED}),
        ({}, {"exp_year": [2031, 2030]}),
        ({}, {"exp_year": [None, 2030]}),
        ({}, {"email": ["a@b.example", "c@d.example"]}),
        ({"delinquent": None}, RENEWED),
        ({"state": "none"}, RENEWED),
    ],
    ids=["other card", "other brand", "earlier", "was unknown", "no expiry", "unknown", "no card"],
)
def test_what_is_no_renewal_of_a_card_is_not_counted(ana, anas, facts, differences):
    change(card(ana, "northwind", **facts), **differences)

    assert counted(ana) == {}


def test_a_card_that_was_replaced_since_counts_by_the_brand_that_it_had(ana, anas):
    customer = card(ana, "northwind", "JCB", exp_year=2031)
    change(customer, 2, **RENEWED)
    change(customer, 1, brand=["Visa", "JCB"], last4=["1881", "4242"], exp_year=[2030, 2031])

    assert counted(ana) == {"Visa": (1, 1)}


def test_a_new_id_of_the_same_card_is_a_renewal(ana, anas):
    change(card(ana, "northwind"), default_id=["card_1", "card_2"], **RENEWED)

    assert counted(ana) == {"Visa": (1, 1)}


def test_only_renewals_that_one_may_know_of_are_counted(ana, anas, ben, bens):
    change(card(ben, "bens"), **RENEWED)
    hidden = make_organization("hidden")
    change(make_customer(hidden, exp_month=5, exp_year=2030), **RENEWED)
    grant(ana, hidden, customer_sent_at=None)

    assert counted(ana) == {}


def test_every_month_is_there_even_without_a_renewal(ana, anas):
    change(card(ana, "northwind"), **RENEWED)

    months = silent_renewals(ana).by_month

    assert len(months) == 12
    assert sum(month.count for month in months) == 1
    assert months[-1].month == today().replace(day=1)


def test_it_reaches_less_far_back_where_there_are_too_many_changes(ana, anas, monkeypatch):
    monkeypatch.setattr(past_steps, "MOST_CHANGES", 1)
    change(card(ana, "one"), 2, **RENEWED)
    change(card(ana, "two"), 1, **RENEWED)

    found = silent_renewals(ana)

    assert [row.count for row in found.rows] == [1]
    assert found.since > timezone.now() - timedelta(hours=3)


def test_months_run_from_the_first_to_this_one():
    assert [f"{day:%m-%d}" for day in months_since(today().replace(month=1, day=9))][0] == "01-01"
    assert months_since(today()) == [today().replace(day=1)]


def test_months_are_those_of_time_zone(ana):
    with time_machine.travel(at("2026-12-31T20:00")), timezone.override(KIRITIMATI):
        give_credentials(ana)
        change(card(ana, "northwind"), **RENEWED)
        found = silent_renewals(ana)

    assert [f"{row.month}" for row in found.rows] == ["2026-12-01"]
    assert [f"{row.month}" for row in found.by_month][-1] == "2026-12-01"
    assert sum(row.count for row in found.by_month) == 1
