"""`sync_customers`: which organizations are asked about, by whom, and how fast."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Access, Credentials, Customer, SyncRun
from customers.services.sync import runner as sync
from tests.conftest import organization
from tests.helpers.commands import run


def asked(sandbox, org_id):
    return sum(sandbox.counts(org_id)["calls"].get("customer", {}).values())


def test_a_session_that_ended_stops_the_asking(signed_in_ana, sandbox, two):
    sandbox.expire_sessions()

    ran = run("sync_customers", "--concurrency=1", "--json")

    assert ran.code == 1
    assert ran.object["stopped"] is False
    assert asked(sandbox, "a") + asked(sandbox, "b") == 1
    assert "sign in again" in ran.err
    assert Credentials.objects.get().state == Credentials.State.EXPIRED


def test_a_second_run_finds_nothing_due(signed_in_ana, sandbox, two):
    run("sync_customers")

    ran = run("sync_customers", "--json")

    assert (ran.code, ran.object["due"], ran.object["checked"]) == (0, 0, 0)
    assert asked(sandbox, "a") == 1


@pytest.mark.parametrize(("max_age", "calls"), [("0s", 2), ("1h", 1)])
def test_max_age_says_what_is_old(signed_in_ana, sandbox, two, max_age, calls):
    run("sync_customers")

    run("sync_customers", "--max-age", max_age)

    assert asked(sandbox, "a") == calls


def test_a_named_organization_is_asked_about_due_or_not(signed_in_ana, sandbox, two):
    run("sync_customers")

    run("sync_customers", "--org=a")

    assert (asked(sandbox, "a"), asked(sandbox, "b")) == (2, 1)


def test_limit_bounds_a_run_and_the_next_does_the_rest(signed_in_ana, sandbox, two):
    first = run("sync_customers", "--limit=1", "--json")
    second = run("sync_customers", "--json")

    assert (first.code, first.object["checked"]) == (0, 1)
    assert second.object["checked"] == 1
    assert (asked(sandbox, "a"), asked(sandbox, "b")) == (1, 1)


@pytest.mark.parametrize("options", [[], ["--limit=1"]])
def test_a_dry_run_asks_nothing(signed_in_ana, sandbox, two, options):
    words = run("sync_customers", "--dry-run", *options)
    ran = run("sync_customers", "--dry-run", "--json", *options)

    due = 1 if options else 2
    assert (words.code, words.out) == (0, f"{due} due.\n")
    assert ran.object == {"due": due}
    assert "customer" not in sandbox.counts()["calls"]
    assert not SyncRun.objects.exists()


def test_a_claim_that_runs_out_just_after_it_was_looked_at_is_still_taken_over(
    signed_in_ana, sandbox, two, monkeypatch
):
    run("sync_customers", "--dry-run")
    of_a_killed_run = timezone.now() + timedelta(hours=1)
    Customer.objects.filter(organization__org_id="b").update(lease_until=of_a_killed_run)
    claim = sync.claim

    def claim_and_let_time_pass(scope, size):
        jobs = claim(scope, size)
        claims = Customer.objects.filter(lease_until=of_a_killed_run)
        claims.update(lease_until=timezone.now())
        return jobs

    monkeypatch.setattr(sync, "claim", claim_and_let_time_pass)
    ran = run("sync_customers", "--org=b", "--json")

    assert (ran.object["due"], ran.object["checked"]) == (1, 1)
    assert asked(sandbox, "b") == 1


def test_only_the_named_users_ask(signed_in_ana, signed_in_ben, sandbox, two):
    ran = run("sync_customers", "--user=ben", "--json")

    assert ran.object["outcomes"] == {"denied": 2}
    assert {access.user.username for access in Access.objects.all()} == {"ben"}


def test_all_users_prove_their_own_access(signed_in_ana, signed_in_ben, two):
    ran = run("sync_customers", "--json")

    assert ran.code == 0
    states = Access.objects.values_list("user__username", "state")
    assert sorted(states) == [("ana", "granted")] * 2 + [("ben", "denied")] * 2


def test_no_more_than_so_many_are_asked_at_once(signed_in_ana, sandbox):
    for number in range(12):
        sandbox.put_customer(f"org-{number}", {"object": "customer", "id": "cus_1"})
        organization(f"org-{number}")
    sandbox.set_latency(0.05)

    ran = run("sync_customers", "--concurrency=3", "--json")

    assert ran.object["checked"] == 12
    assert sandbox.counts()["max_concurrent"] == 3


def test_a_rate_bounds_nothing_but_the_pace(portal):
    portal.import_all()
    portal.set_credentials("ana")

    ran = portal.run("sync_customers", "--max-rps=200", "--limit=9", "--json")

    assert (ran.code, ran.object["checked"]) == (0, 9)


def test_an_objective_is_looked_at_without_asking_anyone(signed_in_ana, sandbox, two):
    ran = run("sync_customers", "--dry-run", "--objective=1h")

    assert ran.code == 1
    assert "Organizations that miss the objective: 2" in ran.err
    assert asked(sandbox, "a") == 0
