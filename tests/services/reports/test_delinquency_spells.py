"""How long organizations stay delinquent, between two bounds."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.services.overview import past_steps
from customers.services.reports import delinquency_spells as module
from customers.services.reports.delinquency_spells import THRESHOLDS, Spell, spells
from tests.helpers.changes.past import make_past_change
from tests.helpers.rows import grant, make_customer, make_organization, show

DAY = timedelta(days=1)


def change(customer, days_ago, gap=1.0, **differences):
    """Seen so many days ago, `gap` days after the check before."""
    make_past_change(customer, days_ago * DAY, gap * DAY, **differences)


def paid(user, org_id, began, ended):
    customer = show(user, org_id)
    change(customer, began, delinquent=[False, True])
    change(customer, ended, delinquent=[True, False])


def within(user):
    return {row.days: (row.count, row.at_least, row.at_most) for row in spells(user).within}


def test_a_spell_lasted_at_least_and_at_most_so_long(ana, anas):
    paid(ana, "northwind", 20, 14.5)  # 4.5 to 6.5 days

    found = spells(ana)

    assert (found.count, found.ongoing) == (1, 0)
    assert found.median == pytest.approx((4.5, 6.5))
    assert within(ana) == {
        1: (1, 0, 0),
        3: (1, 0, 0),
        7: (1, 1, 1),
        14: (1, 1, 1),
        30: (0, 0, 0),
        60: (0, 0, 0),
        90: (0, 0, 0),
    }


def test_between_its_bounds_a_spell_may_have_been_paid(ana, anas):
    paid(ana, "northwind", 20, 16.5)  # 2.5 to 4.5 days

    assert within(ana)[3] == (1, 0, 1)


def test_several_spells_of_one_organization_count_each(ana, anas):
    customer = show(ana, "northwind", delinquent=True)
    for days, now in ((50, True), (44, False), (30, True), (29, False), (4, True)):
        change(customer, days, delinquent=[not now, now])

    found = spells(ana)

    assert (found.count, found.ongoing) == (3, 1)


def test_those_still_delinquent_count_for_as_long_as_they_were_watched(ana, anas):
    paid(ana, "short", 40, 38)
    for number in range(3):
        customer = show(ana, f"ongoing-{number}", delinquent=True)
        change(customer, 30, delinquent=[False, True])

    found = spells(ana)

    assert (found.count, found.ongoing, found.earlier) == (4, 3, 0)
    assert found.median == (None, None)
    assert within(ana)[14] == (4, 1, 1)


def test_a_spell_that_began_too_recently_is_left_out_of_a_row(ana, anas):
    """Else the short ones alone would be counted of the latest."""
    paid(ana, "recent", 5, 4)
    paid(ana, "old", 40, 39)

    found = within(ana)

    assert found[3] == (2, 2, 2)
    assert found[7] == (1, 1, 1)


def test_an_end_that_is_not_known_to_be_a_payment_is_none(ana, anas):
    customer = show(ana, "northwind", delinquent=None)
    change(customer, 20, delinquent=[False, True])
    change(customer, 10, delinquent=[True, None])

    found = spells(ana)

    assert (found.count, found.ongoing, found.median) == (1, 0, (None, None))
    assert within(ana)[7] == (1, 0, 0)
    assert within(ana)[14] == (0, 0, 0)


def test_those_delinquent_since_before_are_counted_apart(ana, anas):
    show(ana, "always", delinquent=True)
    ended = show(ana, "ended")
    change(ended, 3, delinquent=[True, False])

    found = spells(ana)

    assert (found.count, found.ongoing, found.earlier) == (0, 0, 1)


def test_only_the_history_that_one_may_see_counts(ana, anas, ben, bens):
    paid(ben, "bens", 20, 15)
    hidden = make_organization("hidden")
    change(make_customer(hidden, delinquent=True), 9, delinquent=[False, True])
    grant(ana, hidden, customer_sent_at=None)

    found = spells(ana)

    assert (found.count, found.earlier) == (0, 0)


def test_it_reaches_less_far_back_where_there_are_too_many_changes(ana, anas, monkeypatch):
    monkeypatch.setattr(past_steps, "MOST_CHANGES", 2)
    paid(ana, "old", 90, 80)
    paid(ana, "new", 20, 15)

    found = spells(ana)

    assert found.count == 1
    assert found.since > timezone.now() - 81 * DAY


def test_the_median_is_where_half_are_paid_while_the_rest_is_watched():
    """The product-limit estimate, by hand: of 4, one is paid at 1 and one watched until 2; of the
    other two, one is paid at 3: 3/4 * 1/2 = 3/8."""
    now = timezone.now()
    found = [
        Spell(now, DAY, DAY, is_ongoing=False),
        Spell(now, 2 * DAY, None, is_ongoing=True),
        Spell(now, 3 * DAY, 5 * DAY, is_ongoing=False),
        Spell(now, 9 * DAY, None, is_ongoing=True),
    ]

    assert module._median(found, longest=False) == 3
    assert module._median(found, longest=True) == 5
    assert module._median([], longest=True) is None


def test_the_rows_go_from_a_day_to_three_months():
    assert THRESHOLDS[0] == 1
    assert THRESHOLDS[-1] == 90
