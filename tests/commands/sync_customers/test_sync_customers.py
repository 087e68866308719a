"""`sync_customers`: what is asked, what is stored, and how the end is said."""

from datetime import timedelta

from django.utils import timezone

from customers.models import Access, Customer, SyncRun
from customers.upstream.message import Message
from tests.conftest import organization
from tests.helpers.commands import run


def test_nobody_to_ask_with(ana, sandbox, two):
    ran = run("sync_customers")

    assert (ran.code, ran.out) == (1, "")
    assert "No usable credentials" in ran.err
    assert not SyncRun.objects.exists()


def test_an_organization_that_the_portal_does_not_know(signed_in_ana, two):
    ran = run("sync_customers", "--org=a", "--org=nowhere")

    assert (ran.code, ran.out) == (1, "")
    assert "Not an organization of this portal: nowhere." in ran.err


def test_a_fault_is_counted_and_said_and_the_rest_is_stored(signed_in_ana, sandbox, two):
    sandbox.set_fault("500", org="a")

    ran = run("sync_customers", "--json")

    assert ran.code == 1
    assert ran.object["outcomes"] == {"unknown": 1, "unavailable": 1}
    assert (ran.object["due"], ran.object["checked"], ran.object["failed"]) == (2, 2, 1)
    assert "1 x Catalyze had an internal error (500)." in ran.err
    assert "1 of 2 checks failed; the last known state is kept." in ran.err
    assert Customer.objects.get(organization__org_id="b").customer_id == "cus_b"
    assert SyncRun.objects.get().ending == SyncRun.Ending.FAILURES


def test_a_fault_leaves_the_last_answer(signed_in_ana, sandbox, two):
    run("sync_customers")
    sandbox.set_fault("not-json", org="a")

    ran = run("sync_customers", "--org=a")

    stored = Customer.objects.get(organization__org_id="a")
    assert ran.code == 1
    assert stored.customer_id == "cus_a"
    assert stored.last_error == Message("not_json")


def test_credentials_under_a_lost_key_are_said(signed_in_ana, sandbox, two, settings):
    settings.CREDENTIAL_KEYS = ["Y2hhbmdlLW1lLWNoYW5nZS1tZS1jaGFuZ2UtbWUtMTI="]

    ran = run("sync_customers")

    assert ran.code == 1
    assert "No key in CREDENTIAL_KEYS can decrypt" in ran.err


def test_denied_and_missing_are_answers_and_no_failures(signed_in_ana, sandbox, two):
    sandbox.put_org("a", payment=[])
    sandbox.delete_org("b")

    ran = run("sync_customers", "--json")

    assert ran.code == 0
    assert ran.object["outcomes"] == {"denied": 1, "missing": 1}
    states = Access.objects.values_list("organization__org_id", "state")
    assert dict(states) == {"a": "denied", "b": "missing"}


def test_counts_by_outcome_are_the_last_lines(signed_in_ana, sandbox, two):
    sandbox.delete_customer("b")

    ran = run("sync_customers")

    assert (ran.code, ran.err) == (0, "")
    counts, total = ran.out.splitlines()[:-1], ran.last_line
    assert {line.strip() for line in counts} == {"1  unknown", "1  none"}
    assert total.startswith("2 of 2 due checked in ")
    assert total.endswith(", 0 failed.")


def test_json_is_one_object_on_the_last_line(signed_in_ana, two):
    ran = run("sync_customers", "--json")

    assert ran.code == 0
    assert ran.object.keys() == {
        "due",
        "checked",
        "failed",
        "verified",
        "lists",
        "outcomes",
        "troubles",
        "stopped",
        "seconds",
    }
    assert (ran.object["due"], ran.object["checked"], ran.object["failed"]) == (2, 2, 0)
    assert (ran.object["outcomes"], ran.object["troubles"]) == ({"unknown": 2}, {})


def test_an_upstream_that_keeps_failing_ends_the_run_and_fails_it(signed_in_ana, sandbox):
    for number in range(100):
        organization(f"org-{number}")
    sandbox.set_fault("500")

    ran = run("sync_customers", "--concurrency=2", "--json")

    assert ran.code == 1
    assert ran.object["checked"] < ran.object["due"] == 100
    assert "1 x Catalyze kept failing, so the run stopped asking" in ran.err
    assert " were not checked." in ran.err


def test_no_secret_is_printed_whatever_happens(signed_in_ana, sandbox, two):
    said = run("sync_customers").out
    for kind in ("500", "reset", "html-400", "redirect"):
        sandbox.set_fault(kind)
        ran = run("sync_customers", "--org=a", "--org=b")
        said += ran.out + ran.err

    assert sandbox.api_key not in said


def test_only_documented_calls_are_made(signed_in_ana, sandbox, two):
    run("sync_customers")

    assert sandbox.counts()["undocumented"] == 0


def test_an_objective_that_is_met(signed_in_ana, two):
    ran = run("sync_customers", "--objective=1h")

    assert (ran.code, ran.err) == (0, "")


def test_an_objective_that_is_missed_says_by_how_many_and_since_when(signed_in_ana, sandbox, two):
    run("sync_customers")
    Customer.objects.update(checked_at=timezone.now() - timedelta(hours=2))

    ran = run("sync_customers", "--max-age=3h", "--objective=1h")

    assert ran.code == 1
    assert "Organizations that miss the objective: 2; the oldest answer is from 20" in ran.err
    assert "2 of 2" not in ran.err


def test_an_answer_that_does_not_come_misses_the_objective(signed_in_ana, sandbox, two):
    sandbox.set_fault("503", org="a")

    ran = run("sync_customers", "--objective=1h")

    assert ran.code == 1
    assert "1 of 2 checks failed" in ran.err
    assert "Organizations that miss the objective: 1; one was never checked." in ran.err


def test_an_objective_cannot_be_combined_with_distribute(signed_in_ana, two):
    assert "--objective needs a run" in run("sync_customers", "--distribute", "--objective=1h").err
