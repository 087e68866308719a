"""What left a list of expiring cards lately, because an answer proved it wrong."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Customer
from customers.services.history.change_kinds import kinds_of
from customers.services.lists import renewed_cards as module
from customers.services.lists.renewed_cards import renewals
from tests.helpers.rows import grant, make_change, make_customer, make_organization, show


def changed(customer, minutes=3, **differences):
    change = make_change(customer.organization, minutes, **differences)
    for kind in kinds_of(differences):
        setattr(change, kind, True)
    change.save()


def valid(user, org_id, **facts):
    return show(user, org_id, **{"exp_month": 5, "exp_year": 2035} | facts)


def said(user, worklist="expired"):
    return [
        (renewal.organization.org_id, renewal.method, renewal.words)
        for renewal in renewals(user, worklist)
    ]


def test_a_new_expiry_of_the_same_card_was_the_issuers_doing(ana, anas):
    changed(valid(ana, "northwind"), exp_year=[2020, 2035])

    words = "renewed by the issuer: 05/2035, was 05/2020"
    assert said(ana) == [("northwind", "Visa •••• 4242", words)]


def test_another_card_replaced_the_old_one(ana, anas):
    changed(valid(ana, "northwind", last4="1881"), exp_year=[2020, 2035], last4=["4242", "1881"])

    words = "replaced: 05/2035, was Visa •••• 4242, 05/2020"
    assert said(ana) == [("northwind", "Visa •••• 1881", words)]


def test_what_was_not_on_the_list_did_not_leave_it(ana, anas):
    changed(valid(ana, "northwind"), exp_year=[2034, 2035])

    assert said(ana) == []


def test_what_is_on_the_list_still_has_not_left_it(ana, anas):
    changed(show(ana, "northwind", exp_month=5, exp_year=2021), exp_year=[2020, 2021])

    assert said(ana) == []


def test_each_list_tells_of_its_own(ana, anas):
    soon = timezone.localdate() + timedelta(days=20)
    changed(
        valid(ana, "northwind", exp_month=soon.month),
        exp_year=[soon.year, 2035],
    )

    assert said(ana) == []
    assert [org_id for org_id, *_ in said(ana, "expiring")] == ["northwind"]


def test_a_bank_account_in_place_of_a_card_is_no_renewal(ana, anas):
    account = {"state": Customer.State.BANK_ACCOUNT, "brand": "", "exp_month": None}
    customer = valid(ana, "northwind", exp_year=None, **account)
    changed(
        customer,
        state=["card", "bank_account"],
        brand=["Visa", ""],
        exp_month=[5, None],
        exp_year=[2020, None],
    )

    assert said(ana) == []


def test_the_changes_of_others_take_no_room(ana, anas, ben, bens, monkeypatch):
    monkeypatch.setattr(module, "_MOST", 1)
    changed(valid(ana, "anas"), minutes=60, exp_year=[2020, 2035])

    changed(valid(ben, "bens"), minutes=5, exp_year=[2020, 2035])

    assert [org_id for org_id, *_ in said(ana)] == ["anas"]


def test_it_is_told_for_a_day(ana, anas):
    customer = valid(ana, "northwind")
    changed(customer, minutes=25 * 60, exp_year=[2020, 2035])

    assert said(ana) == []


def test_the_latest_comes_first(ana, anas):
    changed(valid(ana, "earlier"), minutes=60, exp_year=[2020, 2035])
    changed(valid(ana, "later"), minutes=5, exp_year=[2020, 2035])

    assert [org_id for org_id, *_ in said(ana)] == ["later", "earlier"]


@pytest.mark.parametrize("is_sent", [True, False])
def test_it_is_told_to_those_alone_who_were_sent_the_customer(ana, anas, ben, bens, is_sent):
    organization = make_organization("northwind")
    customer = make_customer(organization, exp_month=5, exp_year=2035)
    grant(ben, organization, **({} if is_sent else {"customer_sent_at": None}))

    changed(customer, exp_year=[2020, 2035])

    assert bool(said(ben)) == is_sent
    assert said(ana) == []
