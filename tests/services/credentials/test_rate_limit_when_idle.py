"""Unused starts do not accumulate."""

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import KeyRateLimit
from customers.services.credentials.rate_limit import RateLimit

PER_SECOND = 20
SECOND = timedelta(seconds=1)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rate_limit():
    """With starts for half a second, of which the first was four seconds ago."""
    rate_limit = RateLimit("key", PER_SECOND)
    rate_limit.reserve(0.5)
    rate_limit._starts = deque(start - 4 * SECOND for start in rate_limit._starts)
    return rate_limit


def test_while_nobody_takes_them_no_more_are_reserved(rate_limit):
    before = KeyRateLimit.objects.get().free_from

    for _ in range(10):
        rate_limit.reserve(0.5)

    assert KeyRateLimit.objects.get().free_from == before


def test_who_comes_late_waits_for_a_start_of_now(rate_limit):
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(rate_limit.wait)
        while rate_limit._starts:  # until what is late has been dropped
            pass
        assert not waiting.done()
        rate_limit.reserve(0.5)
        waiting.result(timeout=30)

    assert len(rate_limit._starts) == PER_SECOND / 2 - 1
    assert timezone.now() - rate_limit._starts[0] < SECOND


def test_a_person_is_not_kept_waiting_by_starts_of_before(rate_limit):
    rate_limit.acquire()

    assert KeyRateLimit.objects.get().free_from > timezone.now() - SECOND
