"""What is due, in which order, who must ask, and how claims exclude other runs."""

from datetime import date, timedelta
from itertools import count

import pytest
from django.db import connection
from django.utils import timezone

from customers.models import Customer, Organization
from customers.services.checking.outcome import Result
from customers.services.checking.store import store
from customers.services.credentials import store as credentials
from customers.services.disclosures.log import record
from customers.services.lists import worklists
from customers.services.sync import due
from customers.services.sync.due import Scope, claim, hold, make_rows_for_all, plan, release
from tests.helpers.rows import (
    API_KEY,
    ago,
    answered,
    failure,
    give_credentials,
    grant,
    make_customer,
    make_organization,
    refused,
)

HOUR = timedelta(hours=1)
RUNS = count(1)


def scope_of(*users, org_ids=(), is_only_due=False):
    return Scope(
        run_id=next(RUNS),
        started_at=timezone.now(),
        user_ids=tuple(user.pk for user in users),
        org_ids=tuple(org_ids),
        is_only_due=is_only_due,
        max_age=HOUR,
    )


def claim_of(scope, size):
    return claim(scope, plan(scope)[:size])


def org_ids_due(*users, **options):
    rows = due.due(scope_of(*users, **options)).select_related("organization")
    return [row.organization.org_id for row in rows]


def checked(org_id, minutes, *users, **facts):
    """An organization checked `minutes` ago, with a fresh proof for each user."""
    organization = make_organization(org_id)
    at = ago(minutes)
    for user in users:
        grant(user, organization)
    return make_customer(organization, **{"asked_at": at, "checked_at": at} | facts)


def test_what_is_fresh_and_proved_is_not_due(ana, anas):
    checked("fresh", 59, ana)

    assert org_ids_due(ana) == []


def test_what_is_stale_is_due(ana, anas):
    checked("stale", 61, ana)

    assert org_ids_due(ana) == ["stale"]


def test_what_was_never_checked_is_due(ana, anas, northwind):
    make_rows_for_all()

    assert org_ids_due(ana) == ["northwind"]


def test_never_checked_comes_first_then_at_risk_then_the_oldest(ana, anas, monkeypatch):
    monkeypatch.setattr(due, "today", lambda: date(2026, 11, 22))
    monkeypatch.setattr(worklists, "today", lambda: date(2026, 11, 22))
    checked("fine-old", 300, ana, expires_on=date(2031, 5, 31))
    checked("fine-older", 400, ana, delinquent=None)
    checked("expired", 100, ana, expires_on=date(2020, 5, 31))
    checked("expiring", 110, ana, expires_on=date(2026, 12, 31))
    checked("delinquent", 130, ana, delinquent=True)
    checked("none", 120, ana, state="none")
    Customer.objects.create(organization=make_organization("never"))

    assert org_ids_due(ana) == [
        "never",
        "delinquent",
        "none",
        "expiring",
        "expired",
        "fine-older",
        "fine-old",
    ]


def test_a_user_without_a_proof_makes_it_due(ana, anas, ben, bens):
    checked("fresh", 1, ana)

    assert org_ids_due(ana, ben) == ["fresh"]


def test_a_grant_is_renewed_before_it_runs_out(ana, anas, settings):
    settings.ACCESS_PROOF_TTL = timedelta(hours=2)
    for org_id, minutes in (("new", 59), ("half", 61)):
        organization = checked(org_id, 1).organization
        grant(ana, organization, proved_at=ago(minutes))

    assert org_ids_due(ana) == ["half"]


@pytest.mark.parametrize("state", ["denied", "missing"])
def test_a_refusal_is_asked_about_again_only_once_it_is_old(ana, anas, settings, state):
    settings.ACCESS_PROOF_TTL = timedelta(hours=2)
    for org_id, minutes in (("new", 119), ("old", 121)):
        organization = checked(org_id, 600).organization
        grant(ana, organization, state=state, proved_at=ago(minutes), customer_sent_at=None)

    assert org_ids_due(ana) == ["old"]


def test_what_was_proved_with_replaced_credentials_is_due(ana, anas):
    checked("fresh", 1, ana)

    credentials.save_pasted(ana, API_KEY, "the token of somebody else")

    assert org_ids_due(ana) == ["fresh"]


def test_a_named_organization_is_always_due(ana, anas):
    checked("fresh", 1, ana)
    checked("other", 600, ana)

    assert org_ids_due(ana, org_ids=["fresh"]) == ["fresh"]


def test_of_named_organizations_only_those_that_are_due_if_asked_so(ana, anas):
    checked("fresh", 1, ana)
    checked("stale", 61, ana)
    checked("other", 61, ana)

    assert org_ids_due(ana, org_ids=["fresh", "stale"], is_only_due=True) == ["stale"]


def test_the_proofs_of_users_who_do_not_ask_count_for_nothing(ana, anas, ben, bens):
    checked("fresh", 1, ben)

    assert org_ids_due(ana) == ["fresh"]


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

    hold([customer.pk])

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


def test_what_was_checked_is_no_longer_due(ana, northwind):
    opened = give_credentials(ana)
    make_rows_for_all()

    store([answered("northwind", opened, ago(0))])

    assert org_ids_due(ana) == []


def test_a_recently_viewed_organization_is_urgent(ana, anas):
    checked("older", 200, ana)
    record(ana, [checked("looked-at", 100, ana)], "page")

    assert org_ids_due(ana) == ["looked-at", "older"]


@pytest.mark.parametrize(
    ("unchanged_days", "hours", "is_due"),
    [(0.5, 1.1, True), (2, 1.1, False), (2, 2.1, True), (8, 2.1, False), (8, 4.1, True)],
)
def test_what_has_not_changed_for_long_backs_off(ana, anas, unchanged_days, hours, is_due):
    checked("quiet", 60 * hours, ana, changed_at=ago(60 * 24 * unchanged_days))

    assert org_ids_due(ana) == (["quiet"] if is_due else [])


def test_what_is_at_risk_does_not_back_off(ana, anas):
    checked("delinquent", 61, ana, changed_at=ago(60 * 24 * 30), delinquent=True)

    assert org_ids_due(ana) == ["delinquent"]


def test_what_failed_last_time_does_not_hold_up_the_rest(ana, anas):
    make_customer(
        make_organization("failing"),
        state="unchecked",
        is_set_up=False,
        asked_at=None,
        checked_at=None,
        attempted_at=ago(70),
        last_error=failure("It was out of order."),
    )
    checked("older", 200, ana)
    Customer.objects.create(organization=make_organization("never"))

    assert org_ids_due(ana) == ["never", "older", "failing"]
