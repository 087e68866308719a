"""Pauses: what counts, and what clears."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import FailedAttempts
from customers.services.accounts.pauses import Paused, begin_attempt, end_pauses, limit
from customers.services.disclosures.request_origin import Origin, asked_from

HERE = Origin("192.0.2.7")


def fail(name, times=1, origin=HERE):
    with asked_from(origin):
        for _ in range(times):
            begin_attempt(limit("name", name))


def succeed(name, origin=HERE):
    with asked_from(origin):
        begin_attempt(limit("name", name)).succeeded()


def is_paused(name, origin=HERE):
    try:
        fail(name, 1, origin)
    except Paused:
        return True
    return False


def let_time_pass(span):
    for row in FailedAttempts.objects.all():
        row.began_at = row.began_at and row.began_at - span
        row.paused_until = row.paused_until and row.paused_until - span
        row.save()


def test_a_name_pauses_at_its_limit_and_others_do_not():
    fail("ana", 3)

    assert is_paused("ana")
    assert not is_paused("ben")


def test_only_the_last_one_begins_the_pause():
    begun = [begin_attempt(limit("name", "ana")).pause for _ in range(3)]

    assert begun[:2] == [None, None]
    assert begun[2] is not None


def test_an_address_pauses_at_ten_times_as_many():
    for number in range(29):
        fail(f"name {number}")
    assert not is_paused("the thirtieth")

    assert is_paused("yet another")
    assert not is_paused("yet another", Origin("192.0.2.8"))


def test_a_success_clears_its_own_name_and_nothing_else():
    fail("ben", 2)
    fail("ana", 2)

    succeed("ana")

    assert not is_paused("ana")
    fail("ben")
    assert is_paused("ben")


def test_a_success_does_not_clear_its_address():
    for number in range(29):
        fail(f"name {number}")

    for _ in range(5):
        succeed("the thief's own")

    fail("one more")
    assert is_paused("yet another")


def test_successes_do_not_count_against_their_address():
    for number in range(40):
        succeed(f"colleague {number}")

    assert not is_paused("ana")


def test_successes_do_not_make_failures_at_their_address_count_longer(settings):
    succeed("ana")
    let_time_pass(settings.SIGN_IN_PAUSE / 2)
    for number in range(29):
        fail(f"name {number}")
    let_time_pass(settings.SIGN_IN_PAUSE / 2)
    fail("one more")

    assert is_paused("yet another")


def test_an_unknown_address_pauses_the_name_alone():
    for number in range(40):
        fail(f"name {number}", 1, Origin())

    assert not is_paused("ana", Origin())
    fail("ana", 2, Origin())
    assert is_paused("ana", Origin())


def test_ipv6_addresses_count_one_by_one():
    for number in range(30):
        fail(f"name {number}", 1, Origin("2001:db8::1"))

    assert is_paused("ana", Origin("2001:db8::1"))
    assert not is_paused("ana", Origin("2001:db8::2"))


def test_a_pause_ends_and_is_not_made_longer_by_what_is_tried_meanwhile(settings):
    fail("ana", 3)
    before = FailedAttempts.objects.values_list("key", "count", "paused_until").order_by("key")
    kept = list(before)

    for _ in range(5):
        assert is_paused("ana")

    assert list(before) == kept
    let_time_pass(settings.SIGN_IN_PAUSE)
    fail("ana", 3)
    assert is_paused("ana")


def test_failures_long_before_do_not_count(settings):
    fail("ana", 2)
    let_time_pass(settings.SIGN_IN_PAUSE + timedelta(seconds=1))

    fail("ana", 2)

    assert not is_paused("ana")


def test_failures_just_within_the_pause_do_count(settings):
    fail("ana", 2)
    let_time_pass(settings.SIGN_IN_PAUSE - timedelta(seconds=30))

    fail("ana")

    assert is_paused("ana")


def test_a_pause_says_until_when(settings):
    fail("ana", 3)

    with pytest.raises(Paused) as refused:
        begin_attempt(limit("name", "ana"))

    left = refused.value.until - timezone.now()
    assert settings.SIGN_IN_PAUSE - timedelta(minutes=1) < left <= settings.SIGN_IN_PAUSE


def test_the_right_password_at_the_limit_begins_no_pause():
    fail("ana", 2)

    succeed("ana")

    assert not is_paused("ana")


def test_a_kind_is_a_count_of_its_own():
    fail("7", 3)

    begin_attempt(limit("user", 7))


def test_pauses_of_one_are_ended_and_others_stay():
    fail("ana", 3)
    fail("ben", 3)

    assert end_pauses([limit("name", "ana")]) == 1

    assert not is_paused("ana")
    assert is_paused("ben")
    assert end_pauses() == 1
    assert not is_paused("ben")


def test_an_attempt_without_a_result_is_not_counted():
    for _ in range(9):
        begin_attempt(limit("name", "ana"), limit("user", 7)).take_back()

    assert not is_paused("ana")
    assert set(FailedAttempts.objects.values_list("count", flat=True)) == {0, 1}


def test_no_name_is_stored_in_the_table():
    fail("hunter2")

    assert "hunter2" not in str(list(FailedAttempts.objects.values()))
    assert "192.0.2.7" not in str(list(FailedAttempts.objects.values()))
