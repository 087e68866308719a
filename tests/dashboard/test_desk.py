"""The desk's pages: found from a ticket, verified lists, shared cards, changes, and the past."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Change, Customer, Disclosure
from tests.conftest import empty_log
from tests.helpers.pages.lists import CARD, names_on, put_customer, see


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def make_older(days):
    """Everything was first seen and last checked so long ago."""
    at = timezone.now() - timedelta(days=days)
    Customer.objects.update(
        checked_at=at, asked_at=at, attempted_at=at, first_checked_at=at, changed_at=at
    )


def expiring(month, year):
    return CARD | {"id": "card_1", "exp_month": month, "exp_year": year, "fingerprint": "print1"}


def last_month():
    return timezone.localdate().replace(day=1) - timedelta(days=1)


def test_a_pasted_mail_leads_to_a_list_that_names_its_clues_alone(as_ana, sandbox):
    put_customer(sandbox, "a", email="pay@both.example")
    put_customer(sandbox, "b", email="pay@both.example")
    see(as_ana, "a", "b")
    mail = f"From: pay@both.example\n{'> something said in confidence ' * 50}"

    response = as_ana.post("/search/", {"q": mail})

    assert response.url == "/orgs/?q=pay%40both.example"
    listed = as_ana.get(response.url)
    assert names_on(listed) == ["a", "b"]
    assert text_of(listed).count('why">e-mail pay@both.example</span>') == 2


def test_a_pasted_text_without_a_clue_says_what_to_try(as_ana, sandbox):
    shown = text_of(as_ana.post("/search/", {"q": "nothing that anyone could know " * 50}))

    assert "No organization found in this text" in shown
    assert "confidence" not in shown


@pytest.mark.parametrize("is_known", [True, False])
def test_an_org_id_in_a_mail_is_opened_whether_or_not_it_is_known(as_ana, sandbox, is_known):
    org_id = "5e9ba0d3-5a3c-4b5e-9d2e-0123456789ab"
    put_customer(sandbox, org_id)
    if is_known:
        see(as_ana, org_id)

    response = as_ana.post("/search/", {"q": f"{'please look at it ' * 20} {org_id}"})

    assert response.url == f"/orgs/{org_id}/"


def test_an_expired_list_is_verified_first_and_says_what_was_renewed(as_ana, sandbox):
    was = last_month()
    put_customer(sandbox, "renewed", active_card=expiring(was.month, was.year))
    put_customer(sandbox, "expired", active_card=expiring(was.month, was.year))
    see(as_ana, "renewed", "expired")
    make_older(1)
    put_customer(sandbox, "renewed", active_card=expiring(4, was.year + 4))

    listed = as_ana.get("/orgs/?worklist=expired")

    assert names_on(listed) == ["expired"]
    assert "2 cards were verified with Catalyze just now." in text_of(listed)
    renewal = f"renewed by the issuer: 04/{was.year + 4}, was {was.month:02}/{was.year}"
    assert renewal in text_of(listed)
    again = text_of(as_ana.get("/orgs/?worklist=expired"))
    assert "just now." not in again.replace("just now</span>", "")
    assert renewal in again


def test_an_expired_list_shows_when_catalyze_is_down(as_ana, sandbox):
    was = last_month()
    put_customer(sandbox, "expired", active_card=expiring(was.month, was.year))
    see(as_ana, "expired")
    make_older(1)
    sandbox.set_fault("500")

    listed = as_ana.get("/orgs/?worklist=expired")

    assert names_on(listed) == ["expired"]
    assert "1 card could not be verified: Catalyze" in text_of(listed)


def test_what_changed_since_one_looked_is_listed_until_one_looks_again(as_ana, sandbox):
    put_customer(sandbox, "late", delinquent=False)
    put_customer(sandbox, "same", delinquent=False)
    see(as_ana, "late", "same")
    make_older(1)
    put_customer(sandbox, "late", delinquent=True)

    as_ana.post("/check-selected/", {"org": ["late", "same"]})

    assert names_on(as_ana.get("/orgs/?worklist=changed")) == ["late"]
    see(as_ana, "late")
    assert names_on(as_ana.get("/orgs/?worklist=changed")) == []


def test_a_worklist_tells_since_when(as_ana, sandbox):
    put_customer(sandbox, "late", delinquent=False)
    see(as_ana, "late")
    put_customer(sandbox, "late", delinquent=True)
    as_ana.post("/orgs/late/check/")
    change = Change.objects.get()

    shown = as_ana.get("/orgs/?worklist=delinquent&sort=-since")

    row = shown.context["page"].rows[0]
    assert (row.delinquent_after, row.delinquent_seen_at) == (change.after, change.seen_at)
    assert 'data-label="since"' in text_of(shown)


def test_organizations_of_one_card_are_shown_together_to_those_who_may(as_ana, as_ben, sandbox):
    card = expiring(5, 2031)
    put_customer(sandbox, "a", active_card=card)
    put_customer(sandbox, "b", active_card=card)
    put_customer(sandbox, "bens", ["ben"], active_card=card)
    see(as_ana, "a", "b")
    see(as_ben, "bens")

    empty_log()
    page = text_of(as_ana.get("/orgs/a/"))
    assert "1 other organization" in page
    assert 'href="/orgs/b/"><bdi>b</bdi></a>' in page
    shown = Disclosure.objects.values_list("organization__org_id", "where")
    assert set(shown) == {("a", "page"), ("b", "list")}
    assert "Also pays for" not in text_of(as_ben.get("/orgs/bens/"))
    together = as_ana.get("/orgs/?card_of=a")
    assert names_on(together) == ["a", "b"]
    assert "This card pays for 2 organizations you can see and expires in" in text_of(together)
    assert names_on(as_ana.get("/orgs/?card_of=bens")) == []


def titles_on(answer):
    """What the lines of a page of changes say."""
    text_of(answer)
    rows = [row for day in answer.context["days"] for row in day.rows]
    return [part.title for row in rows for part in row.parts]


def test_the_feed_tells_what_changed_by_kind_to_those_who_may_see_it(as_ana, as_ben, sandbox):
    put_customer(sandbox, "late", delinquent=False, balance=0)
    see(as_ana, "late")
    put_customer(sandbox, "late", delinquent=True, balance=500)
    as_ana.post("/orgs/late/check/")

    assert titles_on(as_ana.get("/changes/")) == ["Became delinquent", "Balance"]
    assert titles_on(as_ana.get("/changes/?kind=changed_balance")) == ["Balance"]
    assert "late</bdi></a>" not in text_of(as_ana.get("/changes/?kind=was_paid"))
    assert "late</bdi></a>" not in text_of(as_ben.get("/changes/"))
    assert text_of(as_ana.get("/changes/?kind=nonsense&before=nonsense"))


def test_a_past_day_is_shown_as_it_was_known_then(as_ana, sandbox):
    put_customer(sandbox, "org", active_card=CARD | {"last4": "1111"})
    see(as_ana, "org")
    make_older(10)
    put_customer(sandbox, "org", active_card=CARD | {"last4": "2222"})
    as_ana.post("/orgs/org/check/")
    day = timezone.localdate() - timedelta(days=5)

    past = text_of(as_ana.get(f"/orgs/org/?as_of={day}"))
    before = text_of(as_ana.get(f"/orgs/org/?as_of={day - timedelta(days=30)}"))

    assert "You are viewing" in past
    assert "1111" in past
    assert "2222" not in past
    assert "No data for that day" in before
    assert "You are viewing" not in text_of(as_ana.get("/orgs/org/?as_of=nonsense"))
    assert "You are viewing" not in text_of(as_ana.get("/orgs/org/?as_of=9999-12-31"))


def test_who_was_only_told_not_set_up_learns_nothing_of_the_past(as_ana, as_ben, sandbox):
    put_customer(sandbox, "org", ["ana", "ben"])
    see(as_ana, "org")
    make_older(10)
    sandbox.delete_customer("org")
    as_ana.post("/orgs/org/check/")
    see(as_ben, "org")
    past = f"/orgs/org/?as_of={timezone.localdate() - timedelta(days=5)}"
    worklist = "/orgs/?worklist=no-payment-method"

    assert "4242" in text_of(as_ana.get(past))
    assert "4242" not in text_of(as_ben.get(past))
    assert not Disclosure.objects.filter(user__username="ben", where="past").exists()
    assert re.search(r'data-label="since" title="\d', text_of(as_ana.get(worklist)))
    assert 'data-label="since" title="–">–</td>' in text_of(as_ben.get(worklist))
