"""Unused starts do not accumulate."""

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import KeyPace
from customers.services.credentials.rate_limit import Pace

PER_SECOND = 20
SECOND = timedelta(seconds=1)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pace():
    """Reserved starts for half a second, the first of which was four seconds ago."""
    pace = Pace("key", PER_SECOND)
    pace.reserve(0.5)
    pace._starts = deque(start - 4 * SECOND for start in pace._starts)
    return pace


def test_no_more_starts_are_reserved_while_some_are_unused(pace):
    before = KeyPace.objects.get().free_from

    for _ in range(10):
        pace.reserve(0.5)

    assert KeyPace.objects.get().free_from == before


def test_who_comes_late_waits_for_a_start_of_now(pace):
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(pace.wait)
        while pace._starts:  # until late starts were dropped
            pass
        assert not waiting.done()
        pace.reserve(0.5)
        waiting.result(timeout=30)

    assert len(pace._starts) == PER_SECOND / 2 - 1
    assert timezone.now() - pace._starts[0] < SECOND


def test_a_person_is_not_kept_waiting_by_starts_of_before(pace):
    pace.take_turn()

    assert KeyPace.objects.get().free_from > timezone.now() - SECOND
