"""Storing what is no answer, or not the newest: an error and an older answer replace nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Access, Change, Customer, Payload
from customers.services.checking.outcome import Result
from customers.services.checking.store import store
from tests.helpers.rows import ago, answered, failure, not_set_up, refused, stripe_customer

ERRORS = [Result.UNAVAILABLE, Result.INVALID]


def stored(organization):
    return Customer.objects.get(organization=organization)


@pytest.mark.parametrize("result", ERRORS)
def test_an_error_keeps_the_last_answer(northwind, anas, result):
    answer = answered("northwind", anas, ago(9))
    store([answer])
    error = refused("northwind", anas, ago(5), result)

    store([error])

    row = stored(northwind)
    assert (row.state, row.last4) == ("card", "4242")
    assert (row.asked_at, row.checked_at) == (answer.asked_at, answer.answered_at)
    assert (row.attempted_at, row.last_error) == (error.asked_at, error.error)
    assert Payload.objects.get().decoded == stripe_customer()
    assert not Change.objects.exists()


def test_since_when_it_fails_is_known_until_it_is_answered(northwind, anas):
    first, second = (refused("northwind", anas, ago(at), Result.INVALID) for at in (9, 5))
    for error in (first, second):
        store([error])
    assert stored(northwind).failing_since == first.asked_at

    store([answered("northwind", anas, ago(3))])

    assert stored(northwind).failing_since is None


@pytest.mark.parametrize("result", ERRORS)
def test_an_error_proves_nothing_about_access(northwind, anas, result):
    store([refused("northwind", anas, ago(5), result)])

    assert not Access.objects.exists()


@pytest.mark.parametrize("result", ERRORS)
def test_an_error_about_what_was_never_checked_is_no_answer(northwind, anas, result):
    store([refused("northwind", anas, ago(5), result)])

    row = stored(northwind)
    assert (row.state, row.asked_at, row.checked_at) == ("unchecked", None, None)
    assert row.last_error == failure(f"It was {result}.")


@pytest.mark.parametrize("result", [Result.EXPIRED, Result.DENIED, Result.MISSING])
def test_what_is_about_the_user_leaves_the_customer_alone(northwind, anas, result):
    answer = answered("northwind", anas, ago(9))
    store([answer])

    store([refused("northwind", anas, ago(5), result)])

    row = stored(northwind)
    assert (row.last4, row.last_error_code, row.attempted_at) == ("4242", "", answer.asked_at)
    assert Payload.objects.exists()


def test_a_later_success_clears_the_error(northwind, anas):
    store([refused("northwind", anas, ago(9), Result.UNAVAILABLE)])
    answer = answered("northwind", anas, ago(5))

    store([answer])

    row = stored(northwind)
    assert (row.last_error_code, row.attempted_at) == ("", answer.asked_at)


def test_a_later_success_in_the_same_batch_clears_the_error(northwind, anas):
    error = refused("northwind", anas, ago(9), Result.UNAVAILABLE)

    store([answered("northwind", anas, ago(5)), error])

    assert (stored(northwind).last4, stored(northwind).last_error_code) == ("4242", "")


def test_an_answer_asked_for_before_the_error_does_not_clear_it(northwind, anas):
    error = refused("northwind", anas, ago(5), Result.UNAVAILABLE)
    store([error])

    store([answered("northwind", anas, ago(9))])

    row = stored(northwind)
    assert row.last4 == "4242"
    assert (row.last_error, row.attempted_at) == (error.error, error.asked_at)


def test_an_older_error_does_not_spoil_a_newer_answer(northwind, anas):
    answer = answered("northwind", anas, ago(5))
    store([answer])

    store([refused("northwind", anas, ago(9), Result.UNAVAILABLE)])

    row = stored(northwind)
    assert (row.last_error_code, row.attempted_at) == ("", answer.asked_at)


def test_an_older_answer_never_replaces_a_newer(northwind, anas):
    newer = answered("northwind", anas, ago(5))
    store([newer])

    store([answered("northwind", anas, ago(9), stripe_customer(last4="1881"))])

    row = stored(northwind)
    assert (row.last4, row.asked_at) == ("4242", newer.asked_at)
    assert Payload.objects.get().decoded == stripe_customer()
    assert not Change.objects.exists()


def test_an_older_not_set_up_does_not_delete_a_newer_customer(northwind, anas):
    store([answered("northwind", anas, ago(5))])

    store([not_set_up("northwind", anas, ago(9))])

    assert stored(northwind).state == "card"
    assert Payload.objects.exists()


def test_older_is_what_was_asked_for_earlier_even_if_it_arrived_later(northwind, anas, bens):
    store([answered("northwind", anas, ago(5))])
    slow = answered("northwind", bens, ago(6), stripe_customer(last4="1881"))

    store([type(slow)(slow.org_id, bens, slow.result, slow.asked_at, ago(1), slow.answer)])

    assert stored(northwind).last4 == "4242"


def test_a_stored_time_in_the_future_does_not_block_answers(northwind, anas):
    store([answered("northwind", anas, timezone.now() + timedelta(days=2))])
    answer = answered("northwind", anas, ago(5), stripe_customer(last4="1881"))

    store([answer])

    row = stored(northwind)
    assert (row.last4, row.asked_at) == ("1881", answer.asked_at)
    assert Access.objects.get().proved_at == answer.asked_at


def test_a_stored_attempt_in_the_future_does_not_block_errors(northwind, anas):
    tomorrow = timezone.now() + timedelta(days=1)
    store([refused("northwind", anas, tomorrow, Result.UNAVAILABLE)])
    error = refused("northwind", anas, ago(5), Result.INVALID)

    store([error])

    assert stored(northwind).last_error == error.error


def test_a_claim_of_a_sync_outlives_the_storing(northwind, anas):
    until = timezone.now() + timedelta(minutes=2)
    Customer.objects.create(organization=northwind, claimed_by=0, lease_until=until)

    store([answered("northwind", anas, ago(0.5))])

    assert stored(northwind).lease_until == until
