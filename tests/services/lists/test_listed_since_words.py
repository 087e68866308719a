"""The since-column: honest intervals, and nothing to those who may not know the past."""

from datetime import UTC, date, datetime

import pytest

from customers.models import Customer
from customers.services.access.sight import sight_of
from customers.services.access.visible import visible_customers
from customers.services.lists.listed_since import since_words
from customers.services.lists.worklists import BY_KEY
from tests.helpers.rows import failure, grant, make_customer, make_organization, show

AFTER, SEEN = datetime(2025, 3, 3, 14, 2, tzinfo=UTC), datetime(2025, 3, 3, 20, 2, tzinfo=UTC)
FIRST = datetime(2025, 1, 9, 8, 0, tzinfo=UTC)
NO_METHOD = {"state": Customer.State.NONE, "state_after": AFTER, "state_seen_at": SEEN}


def words(user, worklist):
    return since_words(visible_customers(user).get(), BY_KEY[worklist])


def test_delinquency_began_between_two_answers(ana, anas):
    show(ana, "northwind", delinquent=True, delinquent_after=AFTER, delinquent_seen_at=SEEN)

    assert words(ana, "delinquent") == "3 Mar 2025"


def test_what_was_so_at_first_sight_began_before(ana, anas):
    show(ana, "northwind", delinquent=True, first_checked_at=FIRST)

    assert words(ana, "delinquent") == "before 9 Jan 2025"


def test_what_an_answer_that_was_read_again_says_was_so_before(ana, anas):
    show(ana, "northwind", **(NO_METHOD | {"state_after": None}), first_checked_at=FIRST)

    assert words(ana, "no-payment-method") == "before 3 Mar 2025"


def test_without_any_time_there_is_a_dash(ana, anas):
    show(ana, "northwind", delinquent=True)

    assert words(ana, "delinquent") == "–"


@pytest.mark.parametrize(
    ("worklist", "since"),
    [
        ("expired", "1 Mar 2025"),
        ("expires-this-month", "1 Feb 2025"),
        ("expiring", "30 Dec 2024"),
    ],
)
def test_an_expiry_tells_by_itself_since_when(ana, anas, worklist, since):
    show(ana, "northwind", expires_on=date(2025, 2, 28))

    assert words(ana, worklist) == since


def test_who_was_sent_the_customer_is_told_since_when_there_is_none(ana, anas):
    show(ana, "northwind", **NO_METHOD)

    assert words(ana, "no-payment-method") == "3 Mar 2025"


def test_who_was_only_told_not_set_up_is_not_told_since_when(ana, anas):
    organization = make_organization("northwind")
    make_customer(organization, is_set_up=False, first_checked_at=FIRST, **NO_METHOD)
    grant(ana, organization, customer_sent_at=None)

    assert words(ana, "no-payment-method") == "–"
    assert sight_of(visible_customers(ana).get()).state_since is None  # lists are sorted by it


def test_a_failing_check_fails_since_its_first_failure(ana, anas):
    show(ana, "northwind", last_error=failure("It was unavailable."), failing_since=SEEN)

    assert words(ana, "could-not-check") == "3 Mar 2025 20:02"
