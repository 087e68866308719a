"""A check that is asked for by the page itself: what it answers, and what it records."""

import pytest

from customers.models import Disclosure
from tests.conftest import browser_of, empty_log

ORG = "northwind"
CARD = {"object": "card", "last4": "9876", "brand": "Visa", "exp_month": 5, "exp_year": 2031}
OTHER = CARD | {"exp_year": 2034}


@pytest.fixture
def url(sandbox, as_ana) -> str:
    """The page of an organization that Ana has just been shown."""
    sandbox.put_org(ORG, name="Northwind Clinics", payment=["ana"])
    give(sandbox, CARD)
    as_ana.get(f"/orgs/{ORG}/")
    empty_log()
    return f"/orgs/{ORG}/check/"


def give(sandbox, card):
    sandbox.put_customer(ORG, {"object": "customer", "id": "cus_1", "active_card": card})


def digest(client):
    fingerprint = client.get(f"/orgs/{ORG}/").context["fingerprint"]
    empty_log()
    return fingerprint


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def test_what_is_shown_already_is_neither_sent_again_nor_recorded(url, as_ana):
    answer = text(as_ana.post(url, {"fingerprint": digest(as_ana), "in_place": "on"}))

    assert "Checked just now. No changes." in answer
    assert "<dt>" not in answer
    assert "<html" not in answer
    assert not Disclosure.objects.exists()


def test_what_is_new_is_a_whole_page_and_recorded(url, as_ana, sandbox):
    fingerprint = digest(as_ana)
    give(sandbox, OTHER)

    answer = text(as_ana.post(url, {"fingerprint": fingerprint, "in_place": "on"}))

    assert "New since the last check:" in answer
    assert "Expiry changed: 05/31 to 05/34" in answer
    assert Disclosure.objects.count() == 1


def test_the_digest_of_another_page_hides_nothing(url, as_ana):
    for fingerprint in ("", "0" * 64):
        answer = text(as_ana.post(url, {"fingerprint": fingerprint, "in_place": "on"}))
        assert "9876" in answer
    assert Disclosure.objects.count() == 2


def test_a_digest_that_was_kept_for_another_day_hides_no_look(url, as_ana, ana):
    kept = digest(as_ana)

    answer = text(browser_of(ana).post(url, {"fingerprint": kept, "in_place": "on"}))

    assert "9876" in answer
    assert Disclosure.objects.get().user_id == ana.pk


def test_an_upstream_that_fails_is_told_and_not_recorded(url, as_ana, sandbox):
    fingerprint = digest(as_ana)
    sandbox.set_fault("503")

    answer = text(as_ana.post(url, {"fingerprint": fingerprint, "in_place": "on"}))

    assert "Catalyze is not available now (503). Showing the last known state." in answer
    assert "Showing the last known state." in answer
    assert not Disclosure.objects.exists()


def test_a_denial_takes_the_page_away(url, as_ana, sandbox):
    fingerprint = digest(as_ana)
    sandbox.put_org(ORG, payment=[])

    answer = text(as_ana.post(url, {"fingerprint": fingerprint, "in_place": "on"}))

    assert "no payment permission here" in answer
    assert "9876" not in answer


def test_without_scripts_the_same_is_said_on_the_next_page(url, as_ana):
    answer = text(as_ana.post(url, {"fingerprint": digest(as_ana)}, follow=True))

    assert "Checked just now. No changes." in answer


def test_the_news_is_gone_with_the_next_check(url, as_ana, sandbox):
    give(sandbox, OTHER)
    assert "New since the last check:" in text(as_ana.post(url, follow=True))

    assert "New since the last check:" not in text(as_ana.post(url, follow=True))
