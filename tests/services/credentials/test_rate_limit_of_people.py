"""Calls of pages overtake the reserved calls of a sync, which then slows down."""

from datetime import timedelta

import pytest

from customers.models import KeyRateLimit
from customers.services.credentials.rate_limit import RateLimit

pytestmark = pytest.mark.django_db

PER_SECOND = 20
EIGHT_MINUTES = 480.0


def free_from():
    return KeyRateLimit.objects.get().free_from


def test_a_person_does_not_wait_for_what_a_sync_has_reserved():
    RateLimit("key", PER_SECOND).reserve(EIGHT_MINUTES)

    RateLimit("key", PER_SECOND).acquire()

    assert KeyRateLimit.objects.count() == 1


def test_a_persons_call_pushes_the_syncs_next_one_back():
    RateLimit("key", PER_SECOND).reserve(EIGHT_MINUTES)
    before = free_from()

    RateLimit("key", PER_SECOND).acquire()

    assert free_from() - before == timedelta(seconds=1 / PER_SECOND)
