"""How many requests a token may make per minute."""

import threading

import pytest
from django.db import connection

from customers.models import ApiToken, TokenRequests
from customers.services.tokens.authenticate import TokenRefused
from customers.services.tokens.request_rate import Allowance, TooManyRequests, take_request
from customers.services.tokens.stored_tokens import tokens_of
from tests.helpers.accounts.api_tokens import give_token


@pytest.fixture
def token_id(token) -> int:
    return ApiToken.objects.get().pk


def test_the_limit_holds_for_a_minute_of_the_clock(token_id, settings, clock):
    settings.API_MAX_RPM = 2

    assert take_request(token_id) == Allowance(limit=2, remaining=1, resets_in=30)
    clock.shift(10)
    assert take_request(token_id) == Allowance(limit=2, remaining=0, resets_in=20)
    with pytest.raises(TooManyRequests) as caught:
        take_request(token_id)
    assert caught.value.allowance == Allowance(limit=2, remaining=0, resets_in=20)

    clock.shift(20)
    assert take_request(token_id) == Allowance(limit=2, remaining=1, resets_in=60)


def test_a_clock_that_is_behind_counts_on_in_the_latest_minute(token_id, settings, clock):
    settings.API_MAX_RPM = 3
    take_request(token_id)
    clock.shift(60)
    take_request(token_id)
    clock.shift(-60)
    take_request(token_id)
    clock.shift(60)

    assert take_request(token_id).remaining == 0


def test_a_clock_that_was_set_back_begins_a_minute(token_id, settings, clock):
    settings.API_MAX_RPM = 2
    clock.shift(120)
    for _ in range(2):
        take_request(token_id)
    clock.shift(-120)

    assert [take_request(token_id).remaining for _ in range(2)] == [1, 0]
    with pytest.raises(TooManyRequests):
        take_request(token_id)


@pytest.mark.django_db(transaction=True)
def test_a_token_that_was_deleted_meanwhile_is_refused(token_id, settings):
    ApiToken.objects.all().delete()

    with pytest.raises(TokenRefused):
        take_request(token_id)


def test_each_token_has_its_own_count(ana, token_id, settings, clock):
    settings.API_MAX_RPM = 1
    give_token(ana)
    other = tokens_of(ana).exclude(pk=token_id).get()
    take_request(token_id)

    take_request(other.pk)

    with pytest.raises(TooManyRequests):
        take_request(token_id)


def test_every_request_costs_one_statement_and_a_token_one_row(
    token_id, settings, clock, django_assert_num_queries
):
    settings.API_MAX_RPM = 1

    for _ in range(3):
        with django_assert_num_queries(1):
            take_request(token_id)
        with django_assert_num_queries(1), pytest.raises(TooManyRequests):
            take_request(token_id)
        clock.shift(60)

    assert TokenRequests.objects.count() == 1


def test_zero_is_no_limit_and_costs_nothing(token_id, settings, django_assert_num_queries):
    settings.API_MAX_RPM = 0

    with django_assert_num_queries(0):
        assert take_request(token_id) == Allowance(limit=0, remaining=0, resets_in=0)


@pytest.mark.django_db(transaction=True)
def test_as_many_at_once_as_the_limit_allows_and_no_more(token_id, settings, clock):
    settings.API_MAX_RPM, at_once = 15, 8
    ready = threading.Barrier(at_once)
    taken, refused, broken = [], [], []

    def ask():
        ready.wait(timeout=60)
        for _ in range(5):
            try:
                taken.append(take_request(token_id).remaining)
            except TooManyRequests:
                refused.append(1)
            except Exception as exc:
                broken.append(exc)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert broken == []
    assert sorted(taken) == list(range(15))
    assert len(refused) == 25
