"""The list of organizations: worklists, filters, search and paging."""

import json
from base64 import urlsafe_b64encode

import pytest

from customers.models import Disclosure, SyncRun
from customers.services.sync.report import Options
from customers.services.sync.runner import Sync
from tests.conftest import browser_of
from tests.helpers.pages.lists import CARD, names_on, put_customer, see


def cursor(value, key):
    return urlsafe_b64encode(json.dumps([value, key]).encode()).decode()


def test_only_what_was_proved_by_oneself_is_listed(as_ana, as_ben, sandbox):
    put_customer(sandbox, "anas")
    put_customer(sandbox, "bens", ["ben"])
    see(as_ana, "anas")
    see(as_ben, "bens")

    assert names_on(as_ana.get("/orgs/")) == ["anas"]
    assert names_on(as_ben.get("/orgs/")) == ["bens"]


def test_a_worklist_holds_what_its_name_says(as_ana, sandbox):
    put_customer(sandbox, "late", delinquent=True)
    put_customer(sandbox, "fine", delinquent=False)
    put_customer(sandbox, "unknown", delinquent=None)
    see(as_ana, "late", "fine", "unknown")

    assert names_on(as_ana.get("/orgs/?worklist=delinquent")) == ["late"]


@pytest.mark.parametrize(
    "query",
    [
        "worklist=nonsense",
        "sort=nonsense",
        "after=%FF%00garbage",
        "after=WzEsMl0=",
        "after=bnVsbA==",
        "expires=2026-13",
        "mode=both",
        "brand=%00",
        "q=%00%00",
        "q=" + "x" * 5000,
        "after=" + cursor("\ud800", 1),
        "after=" + cursor("a\x00", 1),
        "after=" + cursor("a", 10**30),
        "sort=expiry&after=" + cursor("2026-01-01", 10**30),
        "sort=checked&after=" + cursor("0001-01-01T00:00:00+14:00", 1),
        "sort=-checked&after=" + cursor("9999-12-31T23:59:59-14:00", 1),
        "sort=balance&after=" + cursor(10**30, 1),
        "after=" + urlsafe_b64encode(b"[" * 2000).decode(),
    ],
)
def test_a_query_that_makes_no_sense_is_no_server_error(as_ana, sandbox, query):
    put_customer(sandbox, "fine")
    see(as_ana, "fine")

    assert as_ana.get(f"/orgs/?{query}").status_code == 200


@pytest.mark.parametrize("sort", ["name", "-name", "checked", "-expiry", "balance", "-balance"])
def test_paging_shows_every_organization_once(as_ana, sandbox, sort, monkeypatch):
    monkeypatch.setattr("customers.services.lists.listing.PAGE_SIZE", 2)
    put_customer(sandbox, "a", balance=-5)
    put_customer(sandbox, "b", balance=None)
    put_customer(sandbox, "c", balance=7, active_card=None)
    put_customer(sandbox, "d", balance=7)
    put_customer(sandbox, "e")
    see(as_ana, *"abcde")

    seen, after = [], ""
    for _ in range(4):
        response = as_ana.get("/orgs/", {"sort": sort, "after": after})
        seen += names_on(response)
        after = response.context["page"].next
        if not after:
            break

    assert sorted(seen) == list("abcde")


def test_filters_narrow_the_list_and_stand_in_the_url(as_ana, sandbox):
    put_customer(sandbox, "visa", livemode=True)
    put_customer(sandbox, "amex", active_card=CARD | {"brand": "amex"}, livemode=False)
    see(as_ana, "visa", "amex")

    assert names_on(as_ana.get("/orgs/?brand=American+Express")) == ["amex"]
    assert names_on(as_ana.get("/orgs/?mode=live")) == ["visa"]
    assert names_on(as_ana.get("/orgs/?expires=2031-05")) == ["amex", "visa"]


def test_filter_choices_name_nothing_of_other_users(as_ana, as_ben, sandbox):
    put_customer(sandbox, "bens", ["ben"], active_card=CARD | {"brand": "JCB"})
    put_customer(sandbox, "anas")
    see(as_ana, "anas")
    see(as_ben, "bens")

    assert "JCB" not in as_ana.get("/orgs/").content.decode()


@pytest.mark.parametrize("text", ["anas", "cus_anas", "pay@anas.example", "4242", "Visa 4242"])
def test_the_search_box_opens_the_one_hit(as_ana, sandbox, text):
    put_customer(sandbox, "anas", email="pay@anas.example")
    put_customer(sandbox, "other", active_card=CARD | {"last4": "1111"})
    see(as_ana, "anas", "other")

    response = as_ana.get("/search/", {"q": text})

    assert response.url == "/orgs/anas/"


def test_the_search_box_lists_several_hits(as_ana, sandbox):
    put_customer(sandbox, "clinic-a")
    put_customer(sandbox, "clinic-b")
    see(as_ana, "clinic-a", "clinic-b")

    response = as_ana.get("/search/", {"q": "clinic"}, follow=True)

    assert names_on(response) == ["clinic-a", "clinic-b"]


def test_the_search_box_finds_nothing_of_other_users_and_offers_to_ask(as_ana, as_ben, sandbox):
    put_customer(sandbox, "bens", ["ben"])
    see(as_ben, "bens")

    response = as_ana.get("/search/", {"q": "bens"}, follow=True)

    assert names_on(response) == []
    assert "Ask Catalyze for org id “<bdi>bens</bdi>”" in response.content.decode()


def test_what_a_list_shows_is_recorded_as_seen(as_ana, sandbox):
    put_customer(sandbox, "anas")
    see(as_ana, "anas")

    as_ana.get("/orgs/")

    assert Disclosure.objects.filter(user__username="ana", where="list").count() == 1


@pytest.mark.parametrize(("address", "queries"), [("/orgs/", 20), ("/", 28), ("/changes/", 22)])
def test_a_page_costs_the_same_queries_however_much_is_on_it(
    as_ana, sandbox, django_assert_max_num_queries, address, queries
):
    for number in range(12):
        put_customer(sandbox, f"org-{number}")
        see(as_ana, f"org-{number}")
        put_customer(sandbox, f"org-{number}", delinquent=True)
        as_ana.post(f"/orgs/org-{number}/check/")
    as_ana.get(address)  # the first page of a minute counts what is kept for it

    with django_assert_max_num_queries(queries):
        assert as_ana.get(address).content.decode().count('href="/orgs/org-') >= 6


def test_the_overview_counts_only_what_may_be_seen(as_ana, as_ben, sandbox):
    put_customer(sandbox, "anas", delinquent=True)
    put_customer(sandbox, "bens", ["ben"], delinquent=True)
    see(as_ana, "anas")
    see(as_ben, "bens")

    response = as_ana.get("/")

    assert {tile.worklist.key: tile.count for tile, _sign in response.context["tiles"]} == {
        "delinquent": 1,
        "expired": 0,
        "expires-before-renewal": 0,
        "no-payment-method": 0,
        "could-not-check": 0,
        "unclear": 0,
    }
    assert "bens" not in response.content.decode()


def test_the_overview_of_someone_without_credentials_says_how_to_start(ana):
    assert "Add your credentials" in browser_of(ana).get("/").content.decode()


def test_a_sync_fills_the_list_of_the_users_that_asked(as_ana, as_ben, signed_in_ana, sandbox):
    put_customer(sandbox, "anas")
    see(as_ana, "anas")

    Sync(Options(user_ids=(signed_in_ana.pk,)), "test").run()

    assert SyncRun.objects.get().ending == "complete"
    assert names_on(as_ben.get("/orgs/")) == []
