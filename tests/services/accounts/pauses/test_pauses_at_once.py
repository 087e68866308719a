"""Pauses: many attempts at once are never more than the limit."""

import threading

import pytest
from django.db import connection

from customers.models import FailedAttempts
from customers.services.accounts.pauses import Paused, begin_attempt, limit
from customers.services.disclosures.request_origin import Origin, asked_from

HERE = Origin("192.0.2.7")


@pytest.mark.django_db(transaction=True)
def test_as_many_at_once_as_the_limit_allows_and_no_more():
    at_once = 12
    ready = threading.Barrier(at_once)
    tried, refused, broken = [], [], []

    def guess():
        ready.wait(timeout=60)
        try:
            with asked_from(HERE):
                begin_attempt(limit("name", "ana"), limit("user", 7))
            tried.append(1)
        except Paused:
            refused.append(1)
        except Exception as exc:
            broken.append(exc)
        finally:
            connection.close()

    threads = [threading.Thread(target=guess) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert broken == []
    assert (len(tried), len(refused)) == (3, at_once - 3)
    assert set(FailedAttempts.objects.values_list("count", flat=True)) == {3}


@pytest.mark.django_db(transaction=True)
def test_failures_and_successes_at_once_are_each_counted_once(settings):
    settings.SIGN_IN_ATTEMPTS = 50
    at_once = 12
    ready = threading.Barrier(at_once)
    broken = []

    def try_once(number):
        ready.wait(timeout=60)
        try:
            with asked_from(HERE):
                attempt = begin_attempt(limit("name", f"name {number}"), limit("user", 7))
                if number % 2:
                    attempt.succeeded()
        except Exception as exc:
            broken.append(exc)
        finally:
            connection.close()

    threads = [threading.Thread(target=try_once, args=[number]) for number in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert broken == []
    counts = sorted(FailedAttempts.objects.values_list("count", flat=True))
    assert counts == [0] * 6 + [1] * 6 + [6] * 2
