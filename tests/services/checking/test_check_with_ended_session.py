"""What a check comes to whose session has ended, or whose credentials are gone."""

import pytest

from customers.models import Access, Credentials, Customer
from customers.services.checking.check import ask, check
from customers.services.checking.outcome import Result
from customers.services.credentials import store as credentials
from customers.services.credentials.catalyze_client import client, rate_limit_of
from customers.services.credentials.store import open_credentials
from tests.helpers.checking import ORG, stored
from tests.helpers.rows import make_organization


def test_401_marks_the_credentials_and_keeps_the_proof(checked, upstream, signed_in_ana):
    upstream.expire_sessions("ana")

    outcome = check(signed_in_ana, ORG)

    assert outcome.result is Result.EXPIRED
    assert Credentials.objects.get().state == "expired"
    assert Access.objects.get().state == "granted"
    assert not stored(checked).last_error


def test_400_says_nothing_if_it_is_the_untested_session_that_is_refused(upstream, ana):
    organization = make_organization(ORG)
    credentials.save_pasted(ana, upstream.api_key, "not a token")
    upstream.set_fault("status", status=400, body="{}")

    outcome = check(ana, ORG)

    assert outcome.result is Result.EXPIRED
    assert not Customer.objects.filter(organization=organization).exists()
    assert Credentials.objects.get().state == "expired"


def test_credentials_forgotten_while_asking_leave_the_outcome(upstream, ana):
    password = upstream.users()["ana"]["password"]
    credentials.sign_in(ana, "ana", password, upstream.api_key, keep=True)
    opened = open_credentials(ana.pk)
    credentials.forget(ana)

    outcome = ask(client(), ORG, opened, rate_limit_of(opened.secrets.api_key))

    assert outcome.result is Result.EXPIRED


@pytest.mark.parametrize("status", [403, 503])
def test_only_an_ended_session_is_renewed(upstream, ana, status):
    password = upstream.users()["ana"]["password"]
    credentials.sign_in(ana, "ana", password, upstream.api_key, keep=True)
    upstream.set_fault("status", route="customer", status=status)

    check(ana, ORG)

    assert upstream.counts()["calls"]["signin"] == {"200": 1}


@pytest.mark.parametrize(("fault", "state"), [("401", "refused"), ("503", "expired")])
def test_an_ended_session_that_cannot_be_renewed_stays_ended(upstream, ana, fault, state):
    password = upstream.users()["ana"]["password"]
    credentials.sign_in(ana, "ana", password, upstream.api_key, keep=True)
    upstream.expire_sessions("ana")
    upstream.set_fault("status", route="signin", status=int(fault))

    outcome = check(ana, ORG)

    assert outcome.result is Result.EXPIRED
    assert Credentials.objects.get().state == state


def test_an_ended_session_is_renewed_once_by_itself_if_opted_in(upstream, ana):
    password = upstream.users()["ana"]["password"]
    credentials.sign_in(ana, "ana", password, upstream.api_key, keep=True)
    upstream.expire_sessions("ana")

    outcome = check(ana, ORG)

    assert outcome.result is Result.ANSWERED
    assert Credentials.objects.get().state == "active"
    assert upstream.counts()["calls"]["signin"] == {"200": 2}


def test_a_thread_leaves_the_database_before_it_asks_again(upstream, ana):
    password = upstream.users()["ana"]["password"]
    credentials.sign_in(ana, "ana", password, upstream.api_key, keep=True)
    opened = open_credentials(ana.pk)
    upstream.expire_sessions("ana")
    asked = []

    outcome = ask(
        client(),
        ORG,
        opened,
        rate_limit_of(opened.secrets.api_key),
        lambda: asked.append(upstream.counts()["calls"]["customer"]),
    )

    assert outcome.result is Result.ANSWERED
    assert asked == [{"401": 1}]
