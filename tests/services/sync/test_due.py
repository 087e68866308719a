"""What is due, and in which order."""

from datetime import date, timedelta

import pytest

from customers.models import Customer
from customers.services.checking.store import store
from customers.services.credentials import store as credentials
from customers.services.disclosures.log import record
from customers.services.sync import due
from customers.services.sync.due import at_risk, make_rows_for_all
from tests.helpers.disclosures.disclosure_log import at_the_time
from tests.helpers.rows import (
    API_KEY,
    ago,
    answered,
    failure,
    give_credentials,
    grant,
    make_customer,
    make_organization,
)
from tests.helpers.sync.due import checked, scope_of


def org_ids_due(*users, **options):
    rows = due.due(scope_of(*users, **options)).select_related("organization")
    return [row.organization.org_id for row in rows]


def test_what_is_fresh_and_proved_is_not_due(ana, anas):
    checked("fresh", 59, ana)

    assert org_ids_due(ana) == []


def test_what_is_stale_is_due(ana, anas):
    checked("stale", 61, ana)

    assert org_ids_due(ana) == ["stale"]


def test_what_was_never_checked_is_due(ana, anas, northwind):
    make_rows_for_all()

    assert org_ids_due(ana) == ["northwind"]


def test_never_checked_comes_first_then_at_risk_then_the_oldest(ana, anas, monkeypatch):
    monkeypatch.setattr(due, "today", lambda: date(2026, 11, 22))
    checked("fine-old", 300, ana, expires_on=date(2031, 5, 31))
    checked("fine-older", 400, ana, delinquent=None)
    checked("expired", 100, ana, expires_on=date(2020, 5, 31))
    checked("expiring", 110, ana, expires_on=date(2026, 12, 31))
    checked("delinquent", 130, ana, delinquent=True)
    checked("none", 120, ana, state="none")
    Customer.objects.create(organization=make_organization("never"))

    assert org_ids_due(ana) == [
        "never",
        "delinquent",
        "none",
        "expiring",
        "expired",
        "fine-older",
        "fine-old",
    ]


def test_a_user_without_a_proof_makes_it_due(ana, anas, ben, bens):
    checked("fresh", 1, ana)

    assert org_ids_due(ana, ben) == ["fresh"]


def test_a_grant_is_renewed_before_it_runs_out(ana, anas, settings):
    settings.ACCESS_PROOF_TTL = timedelta(hours=2)
    for org_id, minutes in (("new", 59), ("half", 61)):
        organization = checked(org_id, 1).organization
        grant(ana, organization, proved_at=ago(minutes))

    assert org_ids_due(ana) == ["half"]


@pytest.mark.parametrize("state", ["denied", "missing"])
def test_a_refusal_is_asked_about_again_only_once_it_is_old(ana, anas, settings, state):
    settings.ACCESS_PROOF_TTL = timedelta(hours=2)
    for org_id, minutes in (("new", 119), ("old", 121)):
        organization = checked(org_id, 600).organization
        grant(ana, organization, state=state, proved_at=ago(minutes), customer_sent_at=None)

    assert org_ids_due(ana) == ["old"]


def test_what_was_proved_with_replaced_credentials_is_due(ana, anas):
    checked("fresh", 1, ana)

    credentials.save_pasted(ana, API_KEY, "the token of somebody else")

    assert org_ids_due(ana) == ["fresh"]


def test_a_proof_of_replaced_credentials_is_no_better_for_the_older_ones_of_others(
    ana, anas, ben, bens
):
    customer = checked("fresh", 1, ana)
    grant(ben, customer.organization)
    assert org_ids_due(ana, ben) == []

    credentials.save_pasted(ana, API_KEY, "the token of somebody else")

    assert org_ids_due(ana, ben) == ["fresh"]


def test_a_named_organization_is_always_due(ana, anas):
    checked("fresh", 1, ana)
    checked("other", 600, ana)

    assert org_ids_due(ana, org_ids=["fresh"]) == ["fresh"]


def test_of_named_organizations_only_those_that_are_due_if_asked_so(ana, anas):
    checked("fresh", 1, ana)
    checked("stale", 61, ana)
    checked("other", 61, ana)

    assert org_ids_due(ana, org_ids=["fresh", "stale"], is_only_due=True) == ["stale"]


def test_the_proofs_of_users_who_do_not_ask_count_for_nothing(ana, anas, ben, bens):
    checked("fresh", 1, ben)

    assert org_ids_due(ana) == ["fresh"]


def test_what_was_checked_is_no_longer_due(ana, northwind):
    opened = give_credentials(ana)
    make_rows_for_all()

    store([answered("northwind", opened, ago(0))])

    assert org_ids_due(ana) == []


@pytest.mark.parametrize(
    ("unchanged_days", "hours", "is_due"),
    [(0.5, 1.1, True), (2, 1.1, False), (2, 2.1, True), (8, 2.1, False), (8, 4.1, True)],
)
def test_what_has_not_changed_for_long_backs_off(ana, anas, unchanged_days, hours, is_due):
    checked("quiet", 60 * hours, ana, changed_at=ago(60 * 24 * unchanged_days))

    assert org_ids_due(ana) == (["quiet"] if is_due else [])


def test_what_is_at_risk_does_not_back_off(ana, anas):
    checked("delinquent", 61, ana, changed_at=ago(60 * 24 * 30), delinquent=True)

    assert org_ids_due(ana) == ["delinquent"]


@pytest.mark.parametrize(
    ("facts", "is_at_risk"),
    [
        ({}, False),
        ({"delinquent": True}, True),
        ({"delinquent": None}, False),
        ({"state": "none"}, True),
        ({"expires_on": date(2020, 1, 31)}, True),
        ({"expires_on": date(2027, 1, 21)}, True),
        ({"expires_on": date(2027, 1, 31)}, False),
    ],
)
def test_at_risk_is_what_is_wrong_or_about_to_be(northwind, facts, is_at_risk):
    make_customer(northwind, **facts)

    assert Customer.objects.filter(at_risk(date(2026, 11, 22))).exists() is is_at_risk


def test_what_failed_last_time_does_not_hold_up_the_rest(ana, anas):
    make_customer(
        make_organization("failing"),
        state="unchecked",
        is_set_up=False,
        asked_at=None,
        checked_at=None,
        attempted_at=ago(70),
        last_error=failure("It was out of order."),
    )
    checked("older", 200, ana)
    Customer.objects.create(organization=make_organization("never"))

    assert org_ids_due(ana) == ["never", "older", "failing"]


def test_a_recently_viewed_organization_is_urgent(ana, anas):
    checked("older", 200, ana)
    record(ana, [checked("looked-at", 100, ana)], "page")

    assert org_ids_due(ana) == ["looked-at", "older"]


def test_one_that_was_viewed_longer_ago_is_not(ana, anas, monkeypatch):
    checked("older", 200, ana)
    looked_at = checked("looked-at", 100, ana)
    with at_the_time(monkeypatch, 25 * 60):
        record(ana, [looked_at], "page")

    assert org_ids_due(ana) == ["older", "looked-at"]


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"checked_at": ago(-600)}, id="answer"),
        pytest.param({"attempted_at": ago(-600), "last_error": failure("It was.")}, id="failure"),
    ],
)
def test_an_answer_and_a_failure_of_a_clock_that_was_ahead_are_due(ana, anas, facts):
    checked("ahead", 61, ana, **facts)

    assert org_ids_due(ana) == ["ahead"]


@pytest.mark.parametrize("state", ["granted", "denied"])
@pytest.mark.parametrize("named", [[], ["ahead"]], ids=["all", "named"])
def test_a_proof_of_a_clock_that_was_ahead_is_due(ana, anas, state, named):
    organization = checked("ahead", 1).organization
    grant(ana, organization, state=state, proved_at=ago(-600), customer_sent_at=None)

    assert org_ids_due(ana, org_ids=named) == ["ahead"]


def test_clocks_that_differ_by_seconds_make_nothing_due(ana, anas):
    organization = checked("fresh", -0.5).organization
    grant(ana, organization, proved_at=ago(-0.5))

    assert org_ids_due(ana) == []
