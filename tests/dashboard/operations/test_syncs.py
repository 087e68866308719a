"""Sync runs: progress, failures and retry."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Credentials, Customer, SyncRun
from tests.helpers.rows import (
    ago,
    failure,
    grant,
    make_customer,
    make_organization,
    stripe_customer,
)

SILENT = timedelta(minutes=2)


@pytest.fixture
def as_ana(as_ana):
    """Ana, with credentials an hour old."""
    Credentials.objects.update(proves_since=ago(60))
    return as_ana


def make_run(**facts):
    row = {"started_at": ago(10), "beat_at": timezone.now(), "started_by": "the tests"}
    return SyncRun.objects.create(**row | facts)


def failed(org_id, name, *users):
    """An organization whose check failed a minute ago."""
    organization = make_organization(org_id, name)
    for user in users:
        grant(user, organization)
    return make_customer(
        organization, attempted_at=ago(1), last_error=failure("It was out of order.")
    )


def shown(client, run):
    return client.get(run.get_absolute_url()).content.decode()


def test_without_a_run_the_list_says_how_they_begin(as_ana):
    assert "No runs yet" in as_ana.get("/syncs/").content.decode()


def test_a_running_sync_shows_progress_and_refreshes(as_ana):
    run = make_run(due=40, checked=10)

    response = as_ana.get(run.get_absolute_url())

    assert "10 of 40 due" in response.content.decode()
    assert 'max="40" value="10"' in response.content.decode()
    assert response["Refresh"] == as_ana.get("/syncs/")["Refresh"] == "5"


def test_a_run_that_has_ended_stays_as_it_is(as_ana):
    run = make_run(ended_at=ago(1), ending="complete", counts={"answered": 3, "denied": 1})

    response = as_ana.get(run.get_absolute_url())

    assert "Refresh" not in response.headers
    assert "no permission" in response.content.decode()


def test_a_run_that_fell_silent_is_not_called_running(as_ana):
    run = make_run(beat_at=timezone.now() - SILENT)

    response = as_ana.get(run.get_absolute_url())

    assert "stopped unexpectedly" in response.content.decode()
    assert "Refresh" not in response.headers


def test_what_failed_is_named_only_to_those_who_may_see_it(as_ana, ana, ben):
    failed("hers", "Northwind Clinics", ana)
    failed("his", "Southwind Clinics", ben)
    run = make_run(failed=2, counted_troubles=[(failure("It was out of order."), 2)])

    page = shown(as_ana, run)

    assert "Northwind Clinics" in page
    assert "2 times" in page
    assert "Southwind" not in page


def test_what_failed_in_another_run_is_not_this_ones(as_ana, ana):
    failed("hers", "Northwind Clinics", ana)
    run = make_run(failed=1, ended_at=ago(5), ending="failures")

    assert "Northwind" not in shown(as_ana, run)


@pytest.mark.parametrize("state", ["granted", "denied"])
def test_the_failed_are_tried_again_with_ones_own_credentials(as_ana, ana, sandbox, state):
    sandbox.put_org("hers", payment=["ana"])
    sandbox.put_customer("hers", stripe_customer(last4="1881"))
    customer = failed("hers", "Northwind Clinics")
    sent_at = ago(5) if state == "granted" else None
    grant(ana, customer.organization, state=state, customer_sent_at=sent_at)
    run = make_run(failed=1, ended_at=timezone.now(), ending="failures")

    response = as_ana.post(f"{run.get_absolute_url()}retry/", follow=True)

    stored = Customer.objects.get(pk=customer.pk)
    if state == "granted":
        assert "checked just now with your credentials" in response.content.decode()
        assert (stored.last4, stored.last_error_code) == ("1881", "")
    else:
        assert "Nothing left to retry" in response.content.decode()
        assert stored.last_error


def test_trying_again_without_credentials_says_what_to_do(client, ana, db):
    client.force_login(ana)
    run = make_run(failed=1, ended_at=timezone.now(), ending="failures")

    response = client.post(f"{run.get_absolute_url()}retry/", follow=True)

    assert "No credentials are stored" in response.content.decode()


def test_trying_again_without_credentials_says_so_in_the_readers_language(client, ana, db):
    client.force_login(ana)
    client.post("/language/", {"language": "de", "next": "/"})
    run = make_run(failed=1, ended_at=timezone.now(), ending="failures")

    response = client.post(f"{run.get_absolute_url()}retry/", follow=True)

    assert "Es sind keine Zugangsdaten gespeichert" in response.content.decode()
