"""The rate drops for everyone when Catalyze asks, and recovers."""

import pytest

from customers.models import KeyRateLimit
from customers.services.credentials.rate_limit import RateLimit
from tests.helpers.rows import ago


def rate(per_second, key="key"):
    """Calls per second that a caller with this limit gets now; 0 means no limit."""
    rate_limit = RateLimit(key, per_second)
    rate_limit.reserve(seconds=10)
    starts = list(rate_limit._starts)
    if len(starts) < 2:
        return 0
    return round(1 / (starts[1] - starts[0]).total_seconds(), 3)


def slow(per_second, retry_after=None):
    rate_limit = RateLimit("key", per_second)
    rate_limit.slow_down(retry_after)
    rate_limit.slow_down(retry_after)  # of another thread, at the same time
    rate_limit.reserve()


def let_pass(seconds):
    row = KeyRateLimit.objects.get()
    KeyRateLimit.objects.update(rate_changed_at=ago(seconds / 60), free_from=ago(1))
    return row


def test_one_limit_heard_of_by_many_halves_the_rate_once(db):
    slow(20)

    assert rate(20) == 10


def test_it_is_lowered_for_callers_without_a_bound_too(db):
    slow(20)

    assert rate(0) == 10


def test_another_key_goes_on_as_before(db):
    slow(20)

    assert rate(20, key="another") == 20


@pytest.mark.parametrize(("seconds", "expected"), [(1, 11), (2, 12.1), (30, 20)])
def test_it_climbs_by_a_tenth_a_second_until_it_is_full(db, seconds, expected):
    slow(20)
    let_pass(seconds)

    assert rate(20) == pytest.approx(expected, rel=0.01)


def test_it_is_halved_again_when_catalyze_asks_again_later(db):
    slow(20)
    let_pass(1)

    slow(20)

    assert rate(20) == 5


def test_a_clock_that_was_set_back_keeps_nobody_waiting(db):
    rate(20)
    KeyRateLimit.objects.update(free_from=ago(-11))

    rate(20)

    assert KeyRateLimit.objects.get().free_from < ago(-1)


@pytest.mark.parametrize(("asked", "kept"), [(5, 5), (86_400, 60)])
def test_a_retry_after_is_kept_up_to_a_minute(db, asked, kept):
    slow(20, retry_after=asked)

    row = KeyRateLimit.objects.get()
    assert (row.free_from - row.rate_changed_at).total_seconds() == pytest.approx(kept, abs=0.2)


def test_nobody_waits_for_a_pace_that_is_let_go(db):
    rate_limit = RateLimit("key", 0.001)
    rate_limit.reserve(seconds=5000)

    rate_limit.close()

    rate_limit.wait()
    rate_limit.wait()
