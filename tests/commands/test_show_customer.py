"""`show_customer`: one organization as a user may see it."""

import pytest

from customers.models import Customer, Disclosure, Organization
from customers.services.lists.export import EXPORT_COLUMNS
from tests.helpers.commands import run


@pytest.fixture
def bingo(sandbox):
    return sandbox.org_id("Bingo")


def test_an_organization_that_they_may_not_see(signed_in_ana, sandbox):
    ran = run("show_customer", sandbox.org_id("Nobody's Clinic"), "--user", "ana")

    assert (ran.code, ran.out) == (1, "")
    assert "no payment permission" in ran.err
    assert not Disclosure.objects.exists()


def test_an_organization_that_nobody_knows(signed_in_ana, sandbox):
    ran = run("show_customer", "no-such-org", "--user", "ana")

    assert (ran.code, ran.out) == (1, "")
    assert "no such organization" in ran.err
    assert not Organization.objects.filter(org_id="no-such-org").exists()


def test_a_fetch_of_someone_else_shows_nothing(signed_in_ana, ben, sandbox, bingo):
    run("show_customer", bingo, "--user", "ana")

    ran = run("show_customer", bingo, "--user", "ben", "--json")

    assert (ran.code, ran.out) == (1, "")
    assert "No credentials are stored" in ran.err


def test_an_upstream_that_is_down_with_nothing_stored(signed_in_ana, sandbox, bingo):
    sandbox.set_fault("500")

    ran = run("show_customer", bingo, "--user", "ana")

    assert (ran.code, ran.out) == (1, "")
    assert "internal error (500)" in ran.err


def test_the_last_answer_is_shown_and_said_to_be_the_last(signed_in_ana, sandbox, bingo):
    run("show_customer", bingo, "--user", "ana")
    sandbox.set_fault("500")

    ran = run("show_customer", bingo, "--user", "ana", "--refresh", "--json")

    assert ran.code == 1
    assert ran.object["last4"] == "4242"
    assert "Showing the last known state" in ran.err


@pytest.mark.parametrize("org_id", ["a/b", "..", "a%2Fb", "", "x" * 201])
def test_an_org_id_that_cannot_be_is_said(signed_in_ana, sandbox, org_id):
    ran = run("show_customer", "--user", "ana", org_id)

    assert (ran.code, ran.out) == (1, "")
    assert "org id" in ran.err


def test_the_facts_in_words(signed_in_ana, sandbox, bingo):
    ran = run("show_customer", bingo, "--user", "ana")

    assert (ran.code, ran.err) == (0, "")
    shown = dict(line.split(":", 1) for line in ran.out.splitlines())
    shown = {label: value.strip() for label, value in shown.items()}
    assert shown["Organization"] == f"Bingo ({bingo})"
    assert shown["State"] == "card"
    assert "4242" in shown["Payment method"]
    assert shown["E-mail"] == "not sent"
    assert shown["Description"] == "Bingo|www|0c1234567890"
    assert shown["Checked"].endswith("with ana’s session")


def test_unknown_is_not_no(signed_in_ana, sandbox):
    tamarack = sandbox.org_id("Tamarack Rural Health")

    words = run("show_customer", tamarack, "--user", "ana").out
    facts = run("show_customer", tamarack, "--user", "ana", "--json").object

    assert "Delinquent:     unknown" in words
    assert facts["delinquent"] is None


def test_json_is_one_object_with_the_columns_of_an_export(signed_in_ana, sandbox, bingo):
    ran = run("show_customer", bingo, "--user", "ana", "--json")

    assert ran.code == 0
    assert len(ran.out.splitlines()) == 1
    assert tuple(ran.object) == EXPORT_COLUMNS
    assert ran.object["org_id"] == bingo
    assert ran.object["last4"] == "4242"
    assert (ran.object["exp_month"], ran.object["exp_year"]) == (5, 2015)
    assert ran.object["expires_on"] == "2015-05-31"


def test_no_payment_method_is_an_answer_and_no_failure(signed_in_ana, sandbox):
    ran = run("show_customer", sandbox.org_id("Hemlock Start-up"), "--user", "ana", "--json")

    assert (ran.code, ran.err) == (0, "")
    assert ran.object["state"] == "none"
    assert ran.object["last4"] is None


def test_a_fresh_answer_is_not_asked_for_again(signed_in_ana, sandbox, bingo):
    run("show_customer", bingo, "--user", "ana")

    run("show_customer", bingo, "--user", "ana")
    assert sandbox.counts(bingo)["calls"]["customer"] == {"200": 1}

    run("show_customer", bingo, "--user", "ana", "--refresh")
    assert sandbox.counts(bingo)["calls"]["customer"] == {"200": 2}


def test_a_stale_answer_is_asked_for_again(signed_in_ana, sandbox, bingo, settings):
    run("show_customer", bingo, "--user", "ana")
    settings.CUSTOMER_MAX_AGE *= 0

    run("show_customer", bingo, "--user", "ana")

    assert sandbox.counts(bingo)["calls"]["customer"] == {"200": 2}


def test_what_was_shown_is_in_the_disclosure_log(signed_in_ana, sandbox, bingo):
    run("show_customer", bingo, "--user", "ana")

    seen = Disclosure.objects.get()
    assert (seen.user, seen.organization.org_id, seen.where) == (signed_in_ana, bingo, "command")
    assert seen.checked_at == Customer.objects.get().checked_at


def test_it_speaks_english_wherever_it_runs(portal, sandbox, bingo):
    portal.run(
        "set_credentials",
        "ana",
        CATALYZE_API_KEY=sandbox.api_key,
        CATALYZE_SESSION_TOKEN=sandbox.sign_in("ana"),
    )

    ran = portal.run("show_customer", bingo, "--user", "ana", LANG="de_DE.UTF-8", LANGUAGE="de")

    assert ran.code == 0, ran.err
    assert "Payment method: Visa •••• 4242" in ran.out
    assert "expire" in ran.out
