"""How a claim keeps other runs away, and who must ask about what was claimed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from customers.models import Customer, Organization
from customers.services.checking.outcome import Result
from customers.services.checking.store import store
from customers.services.credentials import store as credentials
from customers.services.sync.due import (
    claim,
    make_rows_for_all,
    plan,
    release,
    renew_leases,
)
from tests.helpers.rows import (
    ago,
    grant,
    make_organization,
    refused,
)
from tests.helpers.sync.due import checked, scope_of


def claim_of(scope, size):
    return claim(scope, plan(scope)[:size])


def test_every_organization_gets_a_row_to_claim_once(db):
    Organization.objects.bulk_create(Organization(org_id=f"org-{n}") for n in range(1500))

    make_rows_for_all()
    make_rows_for_all()

    assert Customer.objects.filter(state="unchecked").count() == 1500


def test_two_claims_take_no_organization_twice(ana, anas):
    for number in range(5):
        checked(f"org-{number}", 100, ana)
    mine, theirs = scope_of(ana), scope_of(ana)

    first = claim(mine, plan(mine)[:3])
    second, third = claim_of(theirs, 5), claim_of(theirs, 5)

    assert (len(first), len(second), len(third)) == (3, 2, 0)
    assert len({job.key for job in first + second}) == 5


def test_a_claim_takes_what_is_first_due(ana, anas):
    checked("old", 100, ana)
    checked("older", 200, ana)

    (job,) = claim_of(scope_of(ana), 1)

    assert job.org_id == "older"


def test_a_claim_of_a_killed_run_is_left_alone_until_it_runs_out(ana, anas):
    customer = checked("stale", 100, ana)
    until = timezone.now() + timedelta(minutes=1)
    Customer.objects.filter(pk=customer.pk).update(claimed_by=0, lease_until=until)

    assert claim_of(scope_of(ana), 10) == []
    assert len(plan(scope_of(ana))) > 0


def test_a_claim_of_a_killed_run_is_taken_over_once_it_has_run_out(ana, anas):
    customer = checked("stale", 100, ana)
    Customer.objects.filter(pk=customer.pk).update(claimed_by=0, lease_until=ago(3))

    jobs = claim_of(scope_of(ana), 10)

    assert [job.org_id for job in jobs] == ["stale"]


def test_a_run_claims_again_what_it_did_not_release_in_time(ana, anas):
    checked("stale", 100, ana)
    scope = scope_of(ana)
    claim_of(scope, 10)
    assert claim_of(scope, 10) == []

    Customer.objects.update(lease_until=ago(1))

    assert [job.org_id for job in claim_of(scope, 10)] == ["stale"]


def test_a_run_claims_each_organization_once(ana, anas):
    checked("stale", 100, ana)
    scope = scope_of(ana)
    (job,) = claim_of(scope, 10)

    release([job.key])

    assert claim_of(scope, 10) == []
    assert [job.org_id for job in claim_of(scope_of(ana), 10)] == ["stale"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only on PostgreSQL")
def test_most_claims_write_no_index(ana, anas):
    for number in range(200):
        make_organization(f"org-{number}")
    make_rows_for_all()

    jobs = claim_of(scope_of(ana), 200)

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_get_xact_tuples_hot_updated('customers_customer'::regclass)")
        (without_indexes,) = cursor.fetchone()
    assert len(jobs) == 200
    assert without_indexes > 150


def take_a_turn(scope, result):
    """Claim all that is due, store results, and release it."""
    jobs = claim_of(scope, 10)
    for job in jobs:
        opened = credentials.open_credentials(scope.user_ids[0])
        store([refused(job.org_id, opened, timezone.now(), result)])
    release([job.key for job in jobs])
    return [job.org_id for job in jobs]


def test_what_the_run_of_another_user_has_taken_since_is_still_due_for_this_run(
    ana, anas, ben, bens, northwind
):
    make_rows_for_all()
    bens_run = scope_of(ben)
    take_a_turn(scope_of(ana), Result.DENIED)

    assert take_a_turn(bens_run, Result.DENIED) == ["northwind"]


@pytest.mark.parametrize(
    ("org_ids", "result"), [([], Result.UNAVAILABLE), (["northwind"], Result.DENIED)]
)
def test_two_runs_do_not_pass_an_organization_to_and_fro(ana, anas, northwind, org_ids, result):
    make_rows_for_all()
    mine, theirs = (scope_of(ana, org_ids=org_ids) for _ in range(2))
    take_a_turn(mine, result)
    take_a_turn(theirs, result)

    assert take_a_turn(mine, result) == []


def test_what_is_held_stays_claimed(ana, anas):
    customer = checked("stale", 100, ana)
    Customer.objects.filter(pk=customer.pk).update(claimed_by=0, lease_until=ago(3))

    renew_leases([customer.pk])

    assert claim_of(scope_of(ana), 10) == []


def test_a_first_contact_is_asked_by_every_user(ana, anas, ben, bens, northwind):
    make_rows_for_all()

    (job,) = claim_of(scope_of(ana, ben), 10)

    assert (job.must_ask, job.may_ask) == ((ana.pk, ben.pk), ())


def test_only_who_has_no_fresh_proof_must_ask(ana, anas, ben, bens):
    checked("fresh", 1, ana)

    (job,) = claim_of(scope_of(ana, ben), 10)

    assert (job.must_ask, job.may_ask) == ((ben.pk,), ())


def test_what_is_only_stale_is_asked_by_who_asked_longest_ago(ana, anas, ben, bens):
    organization = checked("stale", 100).organization
    grant(ana, organization, proved_at=ago(5))
    grant(ben, organization, proved_at=ago(50))

    (job,) = claim_of(scope_of(ana, ben), 10)

    assert (job.must_ask, job.may_ask) == ((), (ben.pk, ana.pk))


def test_a_named_organization_is_asked_even_if_nothing_is_old(ana, anas):
    checked("fresh", 1, ana)

    (job,) = claim_of(scope_of(ana, org_ids=["fresh"]), 10)

    assert job.must_ask == (ana.pk,)


def test_a_named_organization_is_asked_even_after_a_fresh_denial(ana, anas):
    organization = checked("denied", 1).organization
    grant(ana, organization, state="denied", customer_sent_at=None)

    (job,) = claim_of(scope_of(ana, org_ids=["denied"]), 10)

    assert job.must_ask == (ana.pk,)
