"""Checking the organizations that were selected on the list."""

from django.utils import timezone

from customers.models import Access
from customers.services.lists.listing import LONGEST_PAGE
from tests.helpers.pages.lists import names_on, put_customer, see
from tests.helpers.rows import show


def test_selected_organizations_are_checked_at_once(as_ana, sandbox):
    put_customer(sandbox, "a")
    put_customer(sandbox, "b")
    see(as_ana, "a", "b")
    put_customer(sandbox, "a", delinquent=True)

    response = as_ana.post("/check-selected/", {"org": ["a"], "next": "/orgs/"}, follow=True)

    assert "1 checked just now" in response.content.decode()
    assert names_on(as_ana.get("/orgs/?worklist=delinquent")) == ["a"]


def test_no_more_are_checked_at_once_than_stand_on_the_longest_page(as_ana, signed_in_ana, sandbox):
    org_ids = [f"many-{number:03}" for number in range(LONGEST_PAGE + 5)]
    for org_id in org_ids:
        show(signed_in_ana, org_id)
    Access.objects.update(proved_at=timezone.now(), customer_sent_at=timezone.now())

    as_ana.post("/check-selected/", {"org": org_ids})

    assert sum(sandbox.counts()["calls"]["customer"].values()) == LONGEST_PAGE


def test_a_selection_that_no_column_can_hold_is_left_out(as_ana):
    response = as_ana.post("/check-selected/", {"org": ["\x00"]}, follow=True)

    assert "Select at least one organization" in response.content.decode()


def test_selected_organizations_that_may_not_be_seen_are_not_checked(as_ana, as_ben, sandbox):
    put_customer(sandbox, "bens", ["ben"])
    see(as_ben, "bens")
    before = sandbox.counts()["calls"]

    as_ana.post("/check-selected/", {"org": ["bens"]})

    assert sandbox.counts()["calls"] == before


def test_after_checking_nobody_is_sent_to_another_host(as_ana):
    response = as_ana.post("/check-selected/", {"next": "https://evil.example/"})

    assert response.url == "/orgs/"


def test_a_failed_check_of_selected_ones_says_so(as_ana, sandbox):
    put_customer(sandbox, "a")
    see(as_ana, "a")
    sandbox.set_fault("500")

    response = as_ana.post("/check-selected/", {"org": ["a"]}, follow=True)

    assert "1 check failed: Catalyze" in response.content.decode()
    why = '<span class="visually-hidden">Last check failed: Catalyze had an internal error (500).'
    assert why in response.content.decode()
    assert names_on(as_ana.get("/orgs/?worklist=could-not-check")) == ["a"]
