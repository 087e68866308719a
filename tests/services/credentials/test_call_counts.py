"""Upstream calls are counted by day and user, once per stored batch."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from customers.models import Credentials
from customers.services.checking.check import check
from customers.services.checking.outcome import Result
from customers.services.checking.store import store
from customers.services.credentials import store as credentials
from customers.services.credentials.call_counts import calls_today
from customers.services.credentials.sessions import test_session as try_session
from tests.conftest import sign_in_upstream
from tests.helpers.rows import ago, answered, refused


def calls_of(user):
    return calls_today(Credentials.objects.get(user=user))


def test_a_batch_counts_for_each_of_its_users_with_one_write(ana, anas, ben, bens):
    batch = [answered(f"org-{number}", anas, ago(1)) for number in range(20)]
    batch += [refused("org-1", bens, ago(1), Result.DENIED)]

    with CaptureQueriesContext(
        connection,
    ) as queries:
        store(batch)

    assert (calls_of(ana), calls_of(ben)) == (20, 1)
    writes = [query for query in queries if 'SET "calls' in query["sql"]]
    assert len(writes) == 2


@pytest.mark.parametrize("result", [Result.EXPIRED, Result.UNAVAILABLE, Result.INVALID])
def test_a_call_that_failed_was_a_call(ana, anas, result):
    store([refused("northwind", anas, ago(1), result)])

    assert calls_of(ana) == 1


def test_a_day_begins_at_nought(ana, anas):
    store([answered("northwind", anas, ago(2))])
    Credentials.objects.update(calls_on=timezone.localdate() - timedelta(days=1))
    assert calls_of(ana) == 0

    store([answered("northwind", anas, ago(1))])

    assert calls_of(ana) == 1


def test_pages_count_what_catalyze_was_really_asked(ana, sandbox):
    sign_in_upstream(ana, sandbox)
    Credentials.objects.update(calls=0)
    before = asked(sandbox)

    check(ana, sandbox.org_id("Bingo"))
    check(ana, sandbox.org_id("Bingo"))
    try_session(ana)

    assert calls_of(ana) == asked(sandbox) - before == 4  # one call was for the name


def test_a_renewal_counts_its_sign_in_and_both_attempts(ana, sandbox):
    password = sandbox.users()["ana"]["password"]
    credentials.sign_in(ana, "ana", password, sandbox.api_key, keep=True)
    Credentials.objects.update(calls=0)
    before = asked(sandbox)
    sandbox.expire_sessions()

    check(ana, sandbox.org_id("Bingo"))

    assert calls_of(ana) == asked(sandbox) - before == 4


def test_a_refusal_is_remembered_when_the_session_works_again(ana, anas):
    store([refused("northwind", anas, ago(2), Result.EXPIRED)])

    store([answered("northwind", anas, ago(1))])

    row = Credentials.objects.get(user=ana)
    assert row.expired_at is None
    assert row.refused_at is not None


def test_the_refusals_of_another_catalyze_user_are_not_kept(ana, anas):
    store([refused("northwind", anas, ago(2), Result.EXPIRED)])

    credentials.save_pasted(ana, "another key", "another token")

    assert Credentials.objects.get(user=ana).refused_at is None


def asked(sandbox):
    return sum(sum(counts.values()) for counts in sandbox.counts()["calls"].values())
