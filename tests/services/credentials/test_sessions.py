"""The session behind the credentials is renewed once, and only if opted in."""

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from customers.models import Credentials
from customers.services.credentials import sessions
from customers.services.credentials import store as credentials
from customers.services.credentials.sessions import renew
from customers.services.credentials.store import CredentialsUnusable, open_credentials
from customers.upstream.client import CatalyzeClient
from customers.upstream.errors import NoAnswer, SessionExpired
from tests.conftest import sign_in_upstream
from tests.helpers.rows import API_KEY, ago, show


@pytest.fixture
def opted_in(ana, sandbox):
    sign_in_upstream(ana, sandbox, keep=True)
    return ana


def test_who_did_not_opt_in_must_sign_in_again(signed_in_ana, sandbox):
    with pytest.raises(SessionExpired):
        renew(open_credentials(signed_in_ana.pk))

    assert Credentials.objects.get().state == "expired"
    assert sandbox.counts()["calls"] == {"signin": {"200": 1}}


def test_a_refused_password_is_marked(opted_in, sandbox):
    sandbox.set_fault("status", route="signin", status=401)

    with pytest.raises(SessionExpired, match="refused"):
        renew(open_credentials(opted_in.pk))

    row = Credentials.objects.get()
    assert (row.state, row.may_ask) == ("refused", False)


def test_a_refused_password_is_not_sent_again(opted_in, sandbox):
    sandbox.set_fault("status", route="signin", status=401)

    for _ in range(3):
        with pytest.raises(SessionExpired):
            renew(open_credentials(opted_in.pk))

    assert sandbox.counts()["calls"]["signin"] == {"200": 1, "401": 1}


def test_a_renewal_while_the_upstream_is_down_changes_nothing(opted_in, sandbox):
    old = open_credentials(opted_in.pk)
    sandbox.set_fault("503", route="signin")

    with pytest.raises(NoAnswer):
        renew(old)

    assert open_credentials(opted_in.pk) == old
    assert Credentials.objects.get().state == "active"


def test_a_renewal_that_got_no_answer_leaves_the_next_one_free_to_begin(opted_in, sandbox):
    sandbox.set_fault("503", route="signin", times=1)

    with pytest.raises(NoAnswer):
        renew(open_credentials(opted_in.pk))

    assert Credentials.objects.get().renewing_until is None
    assert renew(open_credentials(opted_in.pk)).has_worked


def test_a_password_refused_to_another_process_a_moment_ago_is_not_sent(
    opted_in, sandbox, monkeypatch
):
    claimed = sessions._claimed

    def claimed_just_after_the_refusal(current):
        Credentials.objects.update(state=Credentials.State.REFUSED)
        return claimed(current)

    monkeypatch.setattr(sessions, "_claimed", claimed_just_after_the_refusal)

    with pytest.raises(SessionExpired):
        renew(open_credentials(opted_in.pk))

    assert sandbox.counts()["calls"]["signin"] == {"200": 1}


def test_credentials_forgotten_during_a_renewal_stay_forgotten(opted_in, sandbox, monkeypatch):
    old = open_credentials(opted_in.pk)
    sign_in = CatalyzeClient.sign_in

    def forget_meanwhile(*args):
        signed_in = sign_in(*args)
        credentials.forget(opted_in)
        return signed_in

    monkeypatch.setattr(CatalyzeClient, "sign_in", forget_meanwhile)

    with pytest.raises(CredentialsUnusable):
        renew(old)

    assert not Credentials.objects.exists()
    assert sandbox.counts()["calls"]["signout"] == {"200": 2}


def test_credentials_replaced_during_a_renewal_stay(opted_in, sandbox, monkeypatch):
    old = open_credentials(opted_in.pk)
    sign_in = CatalyzeClient.sign_in

    def replace_meanwhile(*args):
        signed_in = sign_in(*args)
        credentials.save_pasted(opted_in, API_KEY, "a token pasted meanwhile")
        return signed_in

    monkeypatch.setattr(CatalyzeClient, "sign_in", replace_meanwhile)

    with pytest.raises(CredentialsUnusable):
        renew(old)

    assert open_credentials(opted_in.pk).secrets.session_token == "a token pasted meanwhile"
    assert sandbox.counts()["calls"]["signout"] == {"200": 1}


def test_a_renewal_stores_a_new_session_of_the_same_user(opted_in, sandbox):
    old = open_credentials(opted_in.pk)
    sandbox.expire_sessions("ana")

    renewed = renew(old)

    assert renewed.secrets.session_token != old.secrets.session_token
    assert renewed.secrets.password == old.secrets.password
    assert open_credentials(opted_in.pk) == renewed
    assert Credentials.objects.get().state == "active"


def test_a_renewal_keeps_older_proofs(opted_in, sandbox):
    Credentials.objects.update(proves_since=ago(60))
    show(opted_in, "northwind")
    before = Credentials.objects.get().proves_since

    renew(open_credentials(opted_in.pk))

    assert Credentials.objects.get().proves_since == before


def test_who_asks_with_an_older_version_gets_the_newer_without_a_sign_in(opted_in, sandbox):
    old = open_credentials(opted_in.pk)
    renewed = renew(old)

    again = renew(old)

    assert again == renewed
    assert sandbox.counts()["calls"]["signin"] == {"200": 2}


def test_testing_an_ended_session_renews_it(opted_in, sandbox):
    sandbox.expire_sessions("ana")

    row = sessions.test_session(opted_in)

    assert row.state == "active"
    assert sandbox.counts()["calls"]["signin"] == {"200": 2}


@pytest.mark.django_db(transaction=True)
def test_many_renewals_at_once_sign_in_once(opted_in, sandbox):
    old = open_credentials(opted_in.pk)
    sandbox.expire_sessions("ana")
    sandbox.set_latency(0.1)

    def renew_in_a_thread(_number):
        try:
            return renew(old).secrets.session_token
        finally:
            connections.close_all()

    with ThreadPoolExecutor(12) as pool:
        tokens = set(pool.map(renew_in_a_thread, range(12)))

    assert tokens == {open_credentials(opted_in.pk).secrets.session_token}
    assert sandbox.counts()["calls"]["signin"] == {"200": 2}


@pytest.mark.django_db(transaction=True)
def test_many_processes_that_renew_at_once_sign_in_once(opted_in, sandbox, monkeypatch):
    monkeypatch.setattr(sessions, "_renewing", defaultdict(nullcontext))  # no shared lock
    old = open_credentials(opted_in.pk)
    sandbox.expire_sessions("ana")
    sandbox.set_latency(0.1)

    def renew_in_a_process(_number):
        try:
            return renew(old).secrets.session_token
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        tokens = set(pool.map(renew_in_a_process, range(6)))

    assert tokens == {open_credentials(opted_in.pk).secrets.session_token}
    assert sandbox.counts()["calls"]["signin"] == {"200": 2}


def test_the_claim_of_a_process_that_was_killed_runs_out(opted_in, sandbox):
    old = open_credentials(opted_in.pk)
    sandbox.expire_sessions("ana")
    soon = timezone.now() + timedelta(seconds=0.3)
    Credentials.objects.update(renewing_until=soon)

    renewed = renew(old)

    assert renewed.secrets.session_token != old.secrets.session_token
    assert timezone.now() > soon
    assert Credentials.objects.get().renewing_until is None
