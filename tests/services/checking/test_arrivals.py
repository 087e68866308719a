"""Organizations that a user has not met are asked about, in order and within bounds."""

import pytest

from customers.models import Access, Organization
from customers.services.checking import arrivals
from customers.services.checking.arrivals import (
    AskedNext,
    arrivals_of,
    ask_about_unmet,
    latest_arrivals,
    sees_nothing_yet,
)
from customers.services.checking.check import check
from customers.services.checking.outcome import Result
from customers.services.credentials.store import open_credentials, sign_in
from tests.conftest import sign_in_upstream
from tests.helpers.pages.lists import CARD
from tests.helpers.rows import ago, refused


@pytest.fixture
def clinics(sandbox, db):
    """Six that the portal knows; Catalyze shows Ana the even ones, and does not know the last."""
    ids = [f"clinic-{number}" for number in range(6)]
    for number, org_id in enumerate(ids):
        Organization.objects.create(org_id=org_id, is_imported=True)
        if number < 5:
            payment = ["ana"] if number % 2 == 0 else ["ben"]
            sandbox.put_org(org_id, name=f"Clinic {number}", payment=payment)
            customer = {"object": "customer", "id": f"cus_{number}", "active_card": CARD}
            sandbox.put_customer(org_id, customer)
    return ids


def states(user):
    rows = Access.objects.filter(user=user).order_by("organization__org_id")
    return list(rows.values_list("organization__org_id", "state"))


def test_all_are_asked_about_and_what_is_granted_is_shown(signed_in_ana, clinics):
    assert sees_nothing_yet(signed_in_ana)

    asked = ask_about_unmet(signed_in_ana, 0)

    assert not asked.goes_on
    assert not asked.trouble
    counted = arrivals_of(signed_in_ana)
    assert (counted.known, counted.met, counted.shown) == (6, 6, 3)
    assert counted.is_complete
    assert not sees_nothing_yet(signed_in_ana)
    found = [customer.organization.org_id for customer in latest_arrivals(signed_in_ana)]
    assert found == ["clinic-4", "clinic-2", "clinic-0"]
    assert states(signed_in_ana)[1] == ("clinic-1", "denied")
    assert states(signed_in_ana)[5] == ("clinic-5", "missing")


def test_who_was_met_is_not_asked_about_again(signed_in_ana, clinics, sandbox):
    ask_about_unmet(signed_in_ana, 0)
    before = sandbox.counts()

    assert not ask_about_unmet(signed_in_ana, 0).goes_on

    assert sandbox.counts() == before


def test_it_goes_on_where_it_stopped(signed_in_ana, clinics, sandbox, monkeypatch):
    monkeypatch.setattr(arrivals, "_AT_ONCE", 4)
    sandbox.put_customer("clinic-2", b"not JSON")
    first = ask_about_unmet(signed_in_ana, 0)

    assert first.goes_on
    assert first.after == Organization.objects.get(org_id="clinic-3").pk
    assert arrivals_of(signed_in_ana).met == 3
    assert ask_about_unmet(signed_in_ana, first.after) == AskedNext(0, goes_on=False)
    assert (arrivals_of(signed_in_ana).met, arrivals_of(signed_in_ana).is_complete) == (5, False)
    assert ask_about_unmet(signed_in_ana, first.after) == AskedNext(0, goes_on=False)


@pytest.mark.parametrize(
    ("results", "place", "goes_on", "trouble"),
    [
        ({}, None, False, "timed_out"),
        ({0: Result.UNAVAILABLE, 1: Result.INVALID}, None, False, "It was unavailable."),
        ({0: Result.DENIED, 1: Result.EXPIRED, 2: Result.UNAVAILABLE}, 2, False, "It was expired."),
        ({1: Result.EXPIRED, 2: Result.UNAVAILABLE}, None, False, "It was expired."),
        ({0: Result.DENIED, 2: Result.UNAVAILABLE}, 0, True, ""),
    ],
)
def test_it_goes_on_behind_those_that_were_asked_about_without_a_gap(
    signed_in_ana, clinics, monkeypatch, results, place, goes_on, trouble
):
    opened = open_credentials(signed_in_ana.pk)
    outcomes = [refused(clinics[one], opened, ago(0), how) for one, how in results.items()]
    monkeypatch.setattr(arrivals, "check_unmet", lambda _user, _org_ids: outcomes)
    keys = list(Organization.objects.order_by("org_id").values_list("pk", flat=True))
    before = keys[0] - 1

    asked = ask_about_unmet(signed_in_ana, before)

    assert asked.after == (before if place is None else keys[place])
    assert (asked.goes_on, asked.needs_sign_in) == (goes_on, Result.EXPIRED in results.values())
    assert dict(asked.trouble.params).get("sentence", asked.trouble.code) == trouble


def test_a_proof_that_is_too_old_is_asked_about_again(signed_in_ana, clinics):
    ask_about_unmet(signed_in_ana, 0)
    Access.objects.update(proved_at=ago(4 * 24 * 60))

    assert arrivals_of(signed_in_ana).met == 0
    ask_about_unmet(signed_in_ana, 0)
    assert arrivals_of(signed_in_ana).is_complete


def test_one_that_fails_is_passed_by(signed_in_ana, clinics, sandbox):
    sandbox.put_customer("clinic-2", b"not JSON")

    asked = ask_about_unmet(signed_in_ana, 0)

    assert not asked.goes_on
    assert not asked.trouble
    assert arrivals_of(signed_in_ana).met == 5


def test_a_catalyze_that_is_down_is_left_alone(signed_in_ana, clinics, sandbox):
    sandbox.set_fault("503")

    asked = ask_about_unmet(signed_in_ana, 0)

    assert (asked.goes_on, asked.needs_sign_in) == (False, False)
    assert asked.trouble.code == "not_available"
    assert asked.after == 0


def test_an_ended_session_asks_to_sign_in(signed_in_ana, clinics, sandbox):
    sandbox.expire_sessions("ana")

    asked = ask_about_unmet(signed_in_ana, 0)

    assert (asked.goes_on, asked.needs_sign_in, bool(asked.trouble)) == (False, True, True)
    assert ask_about_unmet(signed_in_ana, 0).needs_sign_in  # now that this is known


def test_without_credentials_nothing_is_asked(ana, clinics):
    asked = ask_about_unmet(ana, 0)

    assert (asked.goes_on, asked.needs_sign_in, bool(asked.trouble)) == (False, True, True)


def test_another_catalyze_user_has_met_nobody(signed_in_ana, clinics, sandbox):
    ask_about_unmet(signed_in_ana, 0)
    other = {"username": "ben", "password": sandbox.users()["ben"]["password"]}
    sign_in(signed_in_ana, **other, api_key=sandbox.api_key, keep=False)

    assert arrivals_of(signed_in_ana).met == 0
    assert latest_arrivals(signed_in_ana) == []


def test_what_others_were_shown_is_not_told(signed_in_ana, ben, clinics, sandbox):
    sign_in_upstream(ben, sandbox)
    ask_about_unmet(ben, 0)

    assert arrivals_of(signed_in_ana).shown == arrivals_of(signed_in_ana).met == 0
    assert latest_arrivals(signed_in_ana) == []


def test_what_somebodys_credentials_brought_is_neither_asked_about_nor_counted(
    signed_in_ana, clinics
):
    Organization.objects.filter(org_id="clinic-4").update(is_imported=False)

    ask_about_unmet(signed_in_ana, 0)

    counted = arrivals_of(signed_in_ana)
    assert (counted.known, counted.met, counted.shown) == (5, 5, 2)

    check(signed_in_ana, "clinic-4")

    counted = arrivals_of(signed_in_ana)
    assert (counted.known, counted.met, counted.shown) == (5, 5, 3)
