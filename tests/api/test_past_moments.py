"""One organization as it was known at a past moment."""

from datetime import datetime

import pytest
from django.utils import timezone

from customers.models import Access, Customer
from tests.helpers.rows import ago, make_change, show


def test_a_past_moment_says_from_which_answers_it_is_known(program, customer):
    change = make_change(customer.organization, minutes=60, last4=["1111", "4242"])

    before = program.data(f"/orgs/org-1?as_of={(ago(60 * 24 * 2)).date()}")
    between = program.data(f"/orgs/org-1?as_of={_moment(ago(90))}")
    after = program.data(f"/orgs/org-1?as_of={_moment(ago(30))}")

    assert before["data"]["payment_method"]["last4"] == before["data"]["last4"] == "1111"
    assert before["stale"] is False
    assert datetime.fromisoformat(before["known_until"]) == change.after
    # Between the two answers it may have changed already.
    assert (between["data"]["last4"], between["stale"]) == ("1111", True)
    assert datetime.fromisoformat(between["as_of"]) == change.after
    assert (after["data"]["last4"], after["stale"]) == ("4242", False)
    assert after["data"]["subscriptions"] is None


def test_what_was_last_seen_before_that_moment_may_have_changed_since(program, customer):
    Customer.objects.update(checked_at=ago(60 * 24 * 3), asked_at=ago(60 * 24 * 3))

    answer = program.data(f"/orgs/org-1?as_of={ago(60 * 24).date()}")

    assert answer["stale"] is True
    assert answer["as_of"] == answer["known_until"]


@pytest.mark.parametrize("text", ["{:%Y-%m-%d}", "{:%Y%m%d}", "{:%G-W%V-%u}"])
def test_of_a_day_the_end_is_meant_however_it_is_written(program, customer, text):
    change = make_change(customer.organization, minutes=60 * 48, last4=["1111", "4242"])
    day = timezone.localdate(change.seen_at)

    answer = program.data(f"/orgs/org-1?as_of={text.format(day)}")

    assert answer["data"]["last4"] == "4242"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize(
    ("as_of", "status", "type_"),
    [
        ("2020-01-01", 404, "not-known-then"),
        ("9999-12-31", 422, "invalid-parameter"),
        ("0001-01-01T00:00:00Z", 422, "invalid-parameter"),
        ("yesterday", 422, "invalid-parameter"),
        ("", 422, "invalid-parameter"),
    ],
)
def test_a_moment_that_nothing_is_known_of(program, as_of, status, type_):
    answer = program.get(f"/orgs/org-1?as_of={as_of}")

    assert (answer.status_code, answer.json()["type"]) == (status, type_)


def test_the_past_is_shown_only_to_those_who_were_sent_the_customer(ana, program):
    show(ana, "org-2", state="none", is_set_up=False, first_checked_at=ago(60 * 24 * 30))
    Access.objects.filter(organization__org_id="org-2").update(customer_sent_at=None)

    past = program.get(f"/orgs/org-2?as_of={ago(60 * 24).date()}")
    history = program.data("/orgs/org-2/history")["data"]

    assert (past.status_code, past.json()["type"]) == (403, "not-proved")
    assert (history["changes"], history["is_complete"]) == ([], False)
