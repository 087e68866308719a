"""Since when a customer is as it is: the honest interval, kept with the answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Change, Customer
from customers.services.checking.outcome import Result
from customers.services.checking.store import store
from tests.helpers.rows import ago, answered, not_set_up, refused, stripe_customer


def stored():
    return Customer.objects.get()


def since(name):
    row = stored()
    return getattr(row, f"{name}_after"), getattr(row, f"{name}_seen_at")


@pytest.mark.parametrize("name", ["state", "delinquent"])
def test_what_was_so_at_first_sight_has_no_beginning(northwind, anas, name):
    store([answered("northwind", anas, ago(9), stripe_customer(delinquent=True))])

    assert since(name) == (None, None)


@pytest.mark.parametrize("same_batch", [True, False])
def test_delinquency_began_between_the_two_answers_that_differ(northwind, anas, same_batch):
    fine = answered("northwind", anas, ago(9))
    late = answered("northwind", anas, ago(5), stripe_customer(delinquent=True))

    for batch in [[fine, late]] if same_batch else [[fine], [late]]:
        store(batch)

    assert since("delinquent") == (fine.asked_at, late.answered_at)
    assert since("state") == (None, None)


def test_a_state_that_lasts_keeps_its_beginning(northwind, anas):
    card = answered("northwind", anas, ago(9))
    none = not_set_up("northwind", anas, ago(7))
    store([card, none])

    store([not_set_up("northwind", anas, ago(5))])
    store([refused("northwind", anas, ago(3), Result.UNAVAILABLE)])

    assert since("state") == (card.asked_at, none.answered_at)


def test_what_ended_and_began_again_began_the_last_time(northwind, anas):
    late = stripe_customer(delinquent=True)
    store([answered("northwind", anas, ago(9), late)])
    fine = answered("northwind", anas, ago(7))
    again = answered("northwind", anas, ago(5), late)

    store([fine, again])

    assert since("delinquent") == (fine.asked_at, again.answered_at)


def test_it_fails_since_the_first_error_after_the_last_answer(northwind, anas):
    first = refused("northwind", anas, ago(7), Result.UNAVAILABLE)
    store([answered("northwind", anas, ago(9))])

    store([first, refused("northwind", anas, ago(5), Result.INVALID)])

    assert stored().failing_since == first.asked_at


def test_an_answer_ends_the_failing(northwind, anas):
    store([refused("northwind", anas, ago(7), Result.UNAVAILABLE)])

    store([answered("northwind", anas, ago(5))])

    assert stored().failing_since is None


def test_an_older_answer_does_not_end_a_later_failing(northwind, anas):
    failed = refused("northwind", anas, ago(3), Result.UNAVAILABLE)
    store([failed])

    store([answered("northwind", anas, ago(5))])

    assert stored().failing_since == failed.asked_at


def test_a_change_says_in_columns_what_it_is_about(northwind, anas):
    store([answered("northwind", anas, timezone.now() - timedelta(hours=1))])

    store([answered("northwind", anas, ago(5), stripe_customer(delinquent=True, exp_year=2035))])

    change = Change.objects.get()
    assert (change.became_delinquent, change.changed_expiry) == (True, True)
    assert (change.was_paid, change.changed_method, change.changed_details) == (False,) * 3
