"""What was known of an organization at a time, told back from what is known now."""

import pytest

from customers.models import Change
from customers.services.history.timeline import as_of, timeline
from tests.helpers.rows import ago, make_change, show

DAY = 24 * 60


@pytest.fixture
def customer(ana, anas):
    """A Visa 3333, first seen ten days ago, that was 1111 until six and 2222 until three."""
    customer = show(ana, "northwind", last4="3333", first_checked_at=ago(10 * DAY))
    make_change(customer.organization, 6 * DAY, last4=["1111", "2222"])
    make_change(customer.organization, 3 * DAY, last4=["2222", "3333"])
    return customer


def known(customer, days):
    return as_of(list(Change.objects.order_by("-seen_at")), customer, ago(days * DAY))


@pytest.mark.parametrize(("days", "last4"), [(8, "1111"), (5, "2222"), (1, "3333")])
def test_each_time_has_its_own_card(customer, days, last4):
    assert known(customer, days).customer.last4 == last4


def test_before_it_was_first_seen_nothing_was_known(customer):
    assert known(customer, 11) is None


def test_it_is_known_from_the_answer_that_told_to_the_last_that_said_the_same(customer):
    second, first = Change.objects.order_by("-seen_at")

    past = known(customer, 5)

    assert (past.known_from, past.known_until) == (first.seen_at, second.after)
    assert past.ended_by == second
    assert past.changes == [first]


def test_what_is_so_still_is_known_until_the_last_answer(customer):
    past = known(customer, 1)

    assert past.known_until == customer.checked_at
    assert past.ended_by is None


def test_what_is_made_up_of_the_past_is_no_stored_row(customer):
    assert known(customer, 8).customer._state.adding


def test_a_card_that_expired_while_on_file_is_on_the_timeline(ana, anas):
    customer = show(ana, "northwind", exp_month=5, exp_year=2020, first_checked_at=ago(3000 * DAY))

    events = timeline([], customer)

    assert [(event.title, event.detail) for event in events] == [("Card expired", "Visa •••• 4242")]


def test_a_card_that_had_expired_at_first_sight_is_not(ana, anas):
    customer = show(ana, "northwind", exp_month=5, exp_year=2020, first_checked_at=ago(DAY))

    assert timeline([], customer) == []
