"""How many more or fewer there are than a week ago, told from the history."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from customers.models import Customer, KeptFigures
from customers.services.lists.counts import worklist_counts
from customers.services.overview import past_steps, week
from customers.services.overview.week import week_changes
from customers.services.wording.expiry import end_of_month, today
from tests.helpers.changes.past import make_past_change
from tests.helpers.rows import ago, grant, make_customer, make_organization, show

LONG_AGO = timedelta(days=300)


def changes_of(user):
    KeptFigures.objects.all().delete()
    return week_changes(user, worklist_counts(user).counts)


@pytest.fixture
def known(ana, anas):
    """Makes organizations that were first checked long ago."""

    def make(org_id, **facts):
        first = {"first_checked_at": timezone.now() - LONG_AGO}
        return show(ana, org_id, **first | facts)

    make("the first one")
    return make


def change(customer, days, **differences):
    make_past_change(customer, timedelta(days=days), **differences)


def month(day):
    return {"exp_month": day.month, "exp_year": day.year, "expires_on": day}


def last_of(months_ahead):
    """The last day of the month that is so many after this one."""
    months = today().year * 12 + today().month - 1 + months_ahead
    return end_of_month(date(months // 12, months % 12 + 1, 1))


def test_who_became_delinquent_is_one_more_and_who_paid_one_fewer(known, ana):
    for number in range(3):
        change(known(f"new-{number}", delinquent=True), 2, delinquent=[False, True])
    change(known("paid", delinquent=False), 2, delinquent=[True, False])
    change(known("before", delinquent=True), 9, delinquent=[False, True])

    assert changes_of(ana)["delinquent"] == 2


def test_who_became_delinquent_and_paid_within_the_week_changes_nothing(known, ana):
    customer = known("northwind", delinquent=False)
    change(customer, 5, delinquent=[False, True])
    change(customer, 2, delinquent=[True, False])

    assert changes_of(ana)["delinquent"] == 0


def test_a_method_that_was_removed_and_one_that_was_added(known, ana):
    gone = known("gone", state="none")
    change(gone, 1, state=["card", "none"], brand=["Visa", ""])
    unclear = known("unclear", state="unlisted")
    change(unclear, 1, state=["none", "unlisted"])

    found = changes_of(ana)

    assert (found["no-payment-method"], found["unclear"]) == (0, 1)


def test_a_card_that_expired_within_the_week_is_one_more(known, ana, monkeypatch):
    end = last_of(-1)
    known("expired", **month(end))
    known("long expired", **month(end - timedelta(days=60)))

    monkeypatch.setattr(week, "today", lambda: end + timedelta(days=3))
    assert changes_of(ana)["expired"] == 1

    monkeypatch.setattr(week, "today", lambda: end + timedelta(days=9))
    assert changes_of(ana)["expired"] == 0


def test_an_expired_card_that_was_renewed_is_one_fewer(known, ana):
    customer = known("renewed", **month(last_of(14)))
    old = last_of(-3)
    change(
        customer,
        2,
        exp_month=[old.month, customer.exp_month],
        exp_year=[old.year, customer.exp_year],
    )

    assert changes_of(ana)["expired"] == -1


def test_a_card_that_now_outlasts_its_renewal_is_one_fewer_before_renewal(known, ana):
    end, old = last_of(14), last_of(0)
    renewal = old + timedelta(days=10)
    customer = known(
        "renewed",
        **month(end),
        charged_expires_on=end,
        charged_renews_on=renewal,
        charge_seen_at=timezone.now() - timedelta(days=2),
    )
    change(customer, 2, exp_month=[old.month, end.month], exp_year=[old.year, end.year])

    assert changes_of(ana)["expires-before-renewal"] == -1


def test_a_renewal_that_moved_on_puts_a_card_before_it(known, ana):
    """It was due within the week, when the card was still valid."""
    facts = {
        "charged_expires_on": last_of(0),
        "charged_renews_on": last_of(0) + timedelta(days=20),
    }
    known("moved", **facts, charge_seen_at=timezone.now() - timedelta(days=2))
    known("stayed", **facts, charge_seen_at=timezone.now() - timedelta(days=20))

    assert changes_of(ana)["expires-before-renewal"] == 1


def test_of_failed_checks_those_that_began_within_the_week_are_counted(known, ana):
    failed = {"last_error_code": "timed_out"}
    known("new", **failed, failing_since=timezone.now() - timedelta(days=2))
    known("old", **failed, failing_since=timezone.now() - timedelta(days=20))

    assert changes_of(ana)["could-not-check"] == 1


def test_an_organization_that_was_first_checked_within_the_week_is_one_more(known, ana):
    known("new", delinquent=True, first_checked_at=timezone.now() - timedelta(days=2))

    assert changes_of(ana)["delinquent"] == 1


def test_the_past_that_one_may_not_see_changes_nothing(known, ana, ben, bens):
    theirs = show(ben, "bens", delinquent=True, first_checked_at=ago(60 * 24 * 90))
    change(theirs, 2, delinquent=[False, True])
    hidden = make_organization("hidden")
    make_customer(hidden, state="none", is_set_up=False, first_checked_at=ago(60))
    grant(ana, hidden, customer_sent_at=None)

    found = changes_of(ana)

    assert worklist_counts(ana).counts["no-payment-method"] == 1
    assert (found["delinquent"], found["no-payment-method"]) == (0, 0)


def test_nothing_is_told_before_a_week_has_been_watched(ana, anas):
    customer = show(ana, "new", delinquent=True, first_checked_at=ago(60 * 24 * 3))
    change(customer, 1, delinquent=[False, True])

    assert changes_of(ana) == {"could-not-check": 0}


def test_nothing_is_told_of_more_changes_than_are_read(known, ana, monkeypatch):
    monkeypatch.setattr(past_steps, "MOST_CHANGES", 1)
    for number in range(2):
        change(known(f"new-{number}", delinquent=True), 2, delinquent=[False, True])

    assert changes_of(ana) == {"could-not-check": 0}


def test_nothing_is_told_of_a_list_of_more_than_are_counted(known, ana, monkeypatch):
    monkeypatch.setattr(week, "COUNT_CAP", 1)
    for number in range(2):
        known(f"delinquent-{number}", delinquent=True)

    found = changes_of(ana)

    assert "delinquent" not in found
    assert found["unclear"] == 0
    assert Customer.objects.filter(delinquent=True).count() == 2
