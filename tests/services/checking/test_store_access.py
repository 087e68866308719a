"""Storing what an outcome proves: of the user's access, and of their credentials."""

import pytest

from customers.models import Access, Credentials, Customer
from customers.services.access.visible import visible_customers
from customers.services.checking.outcome import Result
from customers.services.checking.store import store
from customers.services.credentials import store as credentials
from customers.services.credentials.store import open_credentials
from tests.helpers.rows import API_KEY, ago, answered, make_organization, not_set_up, refused

REFUSALS = [(Result.DENIED, "denied"), (Result.MISSING, "missing")]


@pytest.mark.parametrize(("result", "state"), REFUSALS)
def test_a_refusal_is_noted_at_once_and_ends_what_was_sent(northwind, ana, anas, result, state):
    store([answered("northwind", anas, ago(9))])
    refusal = refused("northwind", anas, ago(5), result)

    store([refusal])

    access = Access.objects.get(user=ana)
    assert (access.state, access.proved_at) == (state, refusal.asked_at)
    assert access.customer_sent_at is None


@pytest.mark.parametrize(("result", "state"), REFUSALS)
def test_an_older_answer_does_not_undo_a_refusal(northwind, anas, result, state):
    store([refused("northwind", anas, ago(5), result)])

    store([answered("northwind", anas, ago(9))])

    access = Access.objects.get()
    assert (access.state, access.customer_sent_at) == (state, None)


def test_an_older_refusal_does_not_undo_a_grant(northwind, anas):
    store([answered("northwind", anas, ago(5))])

    store([refused("northwind", anas, ago(9), Result.DENIED)])

    assert Access.objects.get().state == "granted"


def test_a_refusal_of_one_user_is_nothing_to_another(northwind, ben, anas, bens):
    store([answered("northwind", bens, ago(9))])

    store([refused("northwind", anas, ago(5), Result.DENIED)])

    access = Access.objects.get(user=ben)
    assert (access.state, access.customer_sent_at) == ("granted", access.proved_at)


def test_a_customer_grants_access_and_is_noted_as_sent(northwind, ana, anas):
    outcome = answered("northwind", anas, ago(5))

    store([outcome])

    access = Access.objects.get(user=ana, organization=northwind)
    assert (access.state, access.proved_at) == ("granted", outcome.asked_at)
    assert access.customer_sent_at == outcome.asked_at


def test_not_set_up_grants_access_but_sent_no_customer(northwind, anas):
    store([not_set_up("northwind", anas, ago(5))])

    access = Access.objects.get()
    assert (access.state, access.customer_sent_at) == ("granted", None)


def test_not_set_up_keeps_when_a_customer_was_sent_before(northwind, anas):
    sent = answered("northwind", anas, ago(9))
    store([sent])
    later = not_set_up("northwind", anas, ago(5))

    store([later])

    access = Access.objects.get()
    assert (access.proved_at, access.customer_sent_at) == (later.asked_at, sent.asked_at)


def test_a_grant_after_a_refusal_counts_again(northwind, anas):
    store([refused("northwind", anas, ago(9), Result.DENIED)])

    store([answered("northwind", anas, ago(5))])

    access = Access.objects.get()
    assert (access.state, access.customer_sent_at) == ("granted", access.proved_at)


def test_an_older_answer_still_proves_the_access_of_another_user(northwind, ben, anas, bens):
    store([answered("northwind", anas, ago(5))])

    store([answered("northwind", bens, ago(9))])

    assert Access.objects.get(user=ben).state == "granted"


def test_two_outcomes_of_one_user_in_one_batch_leave_the_last(northwind, anas):
    denied = refused("northwind", anas, ago(5), Result.DENIED)

    store([denied, answered("northwind", anas, ago(9))])

    access = Access.objects.get()
    assert (access.state, access.customer_sent_at) == ("denied", None)


def test_what_another_upstream_user_was_sent_proves_nothing(northwind, ana, anas):
    credentials.save_pasted(ana, API_KEY, "the token of somebody else")

    store([answered("northwind", anas, ago(0))])

    assert not visible_customers(ana).exists()


def test_an_ended_session_marks_the_credentials(northwind, ana, anas):
    outcome = refused("northwind", anas, ago(5), Result.EXPIRED)

    store([outcome])

    row = Credentials.objects.get(user=ana)
    assert (row.state, row.last_error) == ("expired", outcome.error)
    assert row.expired_at is not None
    assert not Access.objects.exists()


def test_an_ended_session_of_older_credentials_leaves_newer_ones_alone(northwind, ana, anas):
    credentials.save_pasted(ana, API_KEY, "a newer token")

    store([refused("northwind", anas, ago(0), Result.EXPIRED)])

    assert Credentials.objects.get(user=ana).state == "unchecked"


def test_a_denial_still_proves_that_the_credentials_work(northwind, ana):
    credentials.save_pasted(ana, API_KEY, "a token")

    store([refused("northwind", open_credentials(ana.pk), ago(0), Result.DENIED)])

    assert Credentials.objects.get(user=ana).state == "active"


def test_neither_a_400_nor_a_404_proves_that_the_credentials_work(northwind, ana):
    credentials.save_pasted(ana, API_KEY, "a token")
    opened = open_credentials(ana.pk)

    store([not_set_up("northwind", opened, ago(0))])
    store([refused("northwind", opened, ago(0), Result.MISSING)])

    assert Credentials.objects.get(user=ana).state == "unchecked"


def test_a_400_to_credentials_that_never_worked_is_not_believed_of_a_known_customer(
    northwind, ana, bens
):
    store([answered("northwind", bens, ago(9))])
    credentials.save_pasted(ana, API_KEY, "a token")

    (counted,) = store([not_set_up("northwind", open_credentials(ana.pk), ago(0))])

    assert counted.result is Result.DISCOUNTED
    assert Customer.objects.get().state == "card"
    assert not Access.objects.filter(user=ana).exists()


def test_a_400_to_them_is_believed_where_others_were_told_the_same(northwind, ana, bens):
    store([not_set_up("northwind", bens, ago(9))])
    credentials.save_pasted(ana, API_KEY, "a token")

    (counted,) = store([not_set_up("northwind", open_credentials(ana.pk), ago(0))])

    assert counted.result is Result.ANSWERED


def test_it_casts_no_doubt_on_what_others_were_told_in_the_same_batch(northwind, ana, bens):
    store([answered("northwind", bens, ago(9))])
    credentials.save_pasted(ana, API_KEY, "a token")
    untested = open_credentials(ana.pk)

    counted = store(
        [
            not_set_up("northwind", untested, ago(3)),
            refused("northwind", untested, ago(2), Result.MISSING),
            not_set_up("northwind", bens, ago(1)),
        ]
    )

    results = [outcome.result for outcome in counted]
    assert results == [Result.DISCOUNTED, Result.MISSING, Result.ANSWERED]


def test_what_was_asked_with_forgotten_credentials_counts_for_nothing(northwind, ana, anas):
    Credentials.objects.all().delete()

    (counted,) = store([answered("northwind", anas, ago(0))])

    assert counted.result is Result.DISCOUNTED
    assert not Customer.objects.exists()
    assert not Access.objects.exists()


@pytest.mark.parametrize("result", [Result.UNAVAILABLE, Result.INVALID])
def test_a_failure_says_nothing_about_the_credentials(northwind, ana, result):
    credentials.save_pasted(ana, API_KEY, "a token")

    store([refused("northwind", open_credentials(ana.pk), ago(0), result)])

    row = Credentials.objects.get(user=ana)
    assert (row.state, row.last_error_code) == ("unchecked", "")


def test_the_last_word_on_the_credentials_counts(northwind, ana, anas):
    make_organization("other")
    ended = refused("northwind", anas, ago(4), Result.EXPIRED)

    store([ended, answered("other", anas, ago(5))])

    assert Credentials.objects.get(user=ana).state == "expired"
