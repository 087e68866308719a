"""The session behind the credentials, tested: whether it works, has ended, or cannot be said."""

import pytest

from customers.models import Credentials
from customers.services.credentials import sessions
from customers.services.credentials import store as credentials
from customers.services.credentials.sessions import try_out
from customers.services.credentials.store import CredentialsUnusable, open_credentials
from customers.upstream.errors import NoAnswer, SessionExpired
from customers.upstream.message import Message


def test_testing_without_credentials_says_so(ana, sandbox):
    with pytest.raises(CredentialsUnusable):
        sessions.test_session(ana)


def test_testing_an_ended_session_marks_it_expired(signed_in_ana, sandbox):
    sandbox.expire_sessions("ana")

    row = sessions.test_session(signed_in_ana)

    assert row.state == "expired"
    assert row.last_error == Message("session_not_accepted")
    assert row.expired_at is not None


def test_testing_while_the_upstream_is_down_changes_nothing(signed_in_ana, sandbox):
    sandbox.set_fault("500", route="verify")

    with pytest.raises(NoAnswer):
        sessions.test_session(signed_in_ana)

    assert Credentials.objects.get().state == "active"


def test_testing_a_working_session_marks_it_active(ana, sandbox):
    credentials.save_pasted(ana, sandbox.api_key, sandbox.sign_in("ana"))

    row = sessions.test_session(ana)

    assert (row.state, row.last_error_code) == ("active", "")
    assert row.proved_at is not None


def test_untested_credentials_that_are_refused_are_marked(ana, sandbox):
    credentials.save_pasted(ana, sandbox.api_key, "not a token")

    with pytest.raises(SessionExpired):
        try_out(open_credentials(ana.pk))

    assert Credentials.objects.get().state == "expired"


def test_untested_credentials_stay_untested_while_the_upstream_is_down(ana, sandbox):
    credentials.save_pasted(ana, sandbox.api_key, sandbox.sign_in("ana"))
    sandbox.set_fault("500", route="verify")

    assert not try_out(open_credentials(ana.pk)).has_worked
    assert Credentials.objects.get().state == "unchecked"


def test_untested_credentials_are_tried_out_once(ana, sandbox):
    credentials.save_pasted(ana, sandbox.api_key, sandbox.sign_in("ana"))

    try_out(try_out(open_credentials(ana.pk)))

    assert Credentials.objects.get().state == "active"
    assert sandbox.counts()["calls"]["verify"] == {"200": 1}
