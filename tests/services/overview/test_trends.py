"""Delinquency over the last weeks, told from the changes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Access, Change, Customer
from customers.services.lists.counts import worklist_counts
from customers.services.overview import past_steps
from customers.services.overview import trends as module
from customers.services.overview.trends import WEEKS
from tests.helpers.access.lists import LISTED, is_known, list_for
from tests.helpers.changes.past import make_past_change
from tests.helpers.rows import grant, make_customer, make_organization, show

DAY = 24 * 60


def trend(user):
    return module.delinquency_trend(user, worklist_counts(user).counts)


def change(customer, days, **differences):
    return make_past_change(customer, timedelta(days=days), **differences)


def long_known(user, org_id, **facts):
    return show(user, org_id, first_checked_at=timezone.now() - timedelta(days=300), **facts)


def test_who_became_delinquent_counts_from_then_on(ana, anas):
    customer = long_known(ana, "northwind", delinquent=True)
    change(customer, 10, delinquent=[False, True])

    found = trend(ana)

    assert found.levels == [0] * (WEEKS - 2) + [1, 1]


def test_who_paid_counts_until_then(ana, anas):
    customer = long_known(ana, "northwind", delinquent=False)
    change(customer, 10, delinquent=[True, False])

    found = trend(ana)

    assert found.levels == [1] * (WEEKS - 2) + [0, 0]


def test_several_changes_of_one_organization_are_taken_back_one_after_the_other(ana, anas):
    customer = long_known(ana, "northwind", delinquent=True)
    change(customer, 3, delinquent=[False, True])
    change(customer, 10, delinquent=[True, False])
    change(customer, 24, delinquent=[False, True])

    found = trend(ana)

    assert found.levels == [0] * (WEEKS - 4) + [1, 1, 0, 1]


def test_who_always_was_counts_from_the_first_check_on(ana, anas):
    show(ana, "northwind", delinquent=True, first_checked_at=timezone.now() - timedelta(days=10))

    found = trend(ana)

    assert found.levels == [None] * (WEEKS - 2) + [1, 1]


def test_a_permission_list_tells_of_no_week_before_it(ana, anas, settings):
    settings.ACCESS_PROOFS = LISTED
    is_known(ana)
    known = timezone.now() - timedelta(days=300)
    listed = make_customer(make_organization("northwind"), delinquent=True, first_checked_at=known)
    list_for(listed.organization, ana, since=timezone.now() - timedelta(days=20))
    change(listed, 10, delinquent=[False, True])

    found = trend(ana)

    assert found.hidden == 1
    assert found.levels == [None] * (WEEKS - 1) + [1]


def test_what_was_before_the_first_check_is_not_known_and_not_none(ana, anas):
    show(ana, "northwind", first_checked_at=timezone.now() - timedelta(days=24))
    show(ana, "later", first_checked_at=timezone.now() - timedelta(days=3))

    assert trend(ana).levels == [None] * (WEEKS - 4) + [0] * 4


def test_organizations_of_others_and_the_past_that_one_may_not_see_count_for_nothing(
    ana, anas, ben, bens
):
    change(long_known(ben, "bens", delinquent=True), 10, delinquent=[False, True])
    never_sent = make_organization("never-sent")
    make_customer(
        never_sent,
        state=Customer.State.NONE,
        delinquent=True,
        is_set_up=False,
        first_checked_at=timezone.now() - timedelta(days=300),
    )
    grant(ana, never_sent, customer_sent_at=None)

    found = trend(ana)

    # What is so now is told; since when, is not.
    assert (found.levels, found.hidden) == ([None] * (WEEKS - 1) + [1], 1)
    assert found.since is None


def test_nothing_is_counted_without_credentials(ana):
    assert trend(ana).levels == [None] * (WEEKS - 1) + [0]


def test_it_says_how_many_more_or_fewer_there_are_than_at_its_first_known_end(ana, anas):
    for number in range(3):
        customer = long_known(ana, f"new-{number}", delinquent=True)
        change(customer, 10, delinquent=[False, True])
    change(long_known(ana, "paid", delinquent=False), 3, delinquent=[True, False])

    found = trend(ana)

    assert (found.more, found.fewer, found.since) == (2, -2, found.ends[0])


def test_it_reaches_less_far_back_where_there_are_too_many_changes(ana, anas, monkeypatch):
    monkeypatch.setattr(past_steps, "MOST_CHANGES", 1)
    customer = long_known(ana, "northwind", delinquent=True)
    change(customer, 10, delinquent=[False, True])
    change(customer, 24, delinquent=[True, False])

    found = trend(ana)

    assert found.levels == [0, 0, 1, 1][-len(found.ends) :]
    assert len(found.ends) == 4


def test_it_cannot_tell_where_too_many_are_on_the_list(ana, anas, monkeypatch):
    monkeypatch.setattr(module, "COUNT_CAP", 1)
    long_known(ana, "one", delinquent=True)
    long_known(ana, "two", delinquent=True)

    found = trend(ana)

    assert (found.levels, found.since, found.more) == ([], None, 0)


@pytest.mark.parametrize("state", [Access.State.DENIED, Access.State.MISSING])
def test_an_organization_that_is_denied_since_counts_no_more(ana, anas, state):
    change(long_known(ana, "northwind", delinquent=True), 10, delinquent=[False, True])
    Access.objects.update(state=state, customer_sent_at=None)

    assert not any(trend(ana).levels)


@pytest.mark.parametrize(
    ("differences", "is_counted"),
    [
        ({"delinquent": [False, True]}, True),
        ({"delinquent": [None, False]}, True),
        ({"state": ["none", "card"], "last4": ["", "4242"]}, True),
        ({"last4": ["1881", "4242"]}, False),
        ({"email": ["state", "delinquent"]}, False),
    ],
)
def test_the_database_tells_what_a_trend_may_count(ana, anas, differences, is_counted):
    made = change(long_known(ana, "northwind"), 10, **differences)

    assert Change.objects.filter(is_counted=True, pk=made.pk).exists() is is_counted
