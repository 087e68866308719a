"""`check_credentials`: which stored sessions still work."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Credentials
from customers.services.credentials.store import save_pasted
from tests.helpers.commands import run


def test_a_session_that_ended_is_said_on_stderr(signed_in_ana, sandbox):
    sandbox.expire_sessions("ana")

    ran = run("check_credentials")

    assert ran.code == 1
    assert ran.out == ""
    assert "ana: session ended" in ran.err
    assert "1 of 1 are not valid." in ran.err
    assert Credentials.objects.get().state == Credentials.State.EXPIRED


@pytest.mark.parametrize("kind", ["500", "503", "reset", "timeout", "html-400", "redirect"])
def test_an_upstream_that_cannot_say_changes_nothing(signed_in_ana, sandbox, kind):
    sandbox.set_fault(kind, route="verify")

    ran = run("check_credentials")

    assert ran.code == 1
    assert ran.err.startswith("ana: ")
    assert Credentials.objects.get().state == Credentials.State.ACTIVE


def test_a_named_user_without_credentials_does_not_work(ana, sandbox):
    ran = run("check_credentials", "--user", "ana")

    assert ran.code == 1
    assert "ana: No credentials are stored" in ran.err


def test_credentials_under_a_lost_key_do_not_work(signed_in_ana, settings):
    settings.CREDENTIAL_KEYS = ["Y2hhbmdlLW1lLWNoYW5nZS1tZS1jaGFuZ2UtbWUtMTI="]

    ran = run("check_credentials")

    assert ran.code == 1
    assert "No key in CREDENTIAL_KEYS can decrypt" in ran.err


def test_one_of_two_that_does_not_work(signed_in_ana, signed_in_ben, sandbox):
    sandbox.expire_sessions("ben")

    ran = run("check_credentials")

    assert ran.code == 1
    assert ran.out == "ana: working\n"
    assert "ben: session ended" in ran.err
    assert "1 of 2 are not valid." in ran.err


def test_only_the_named_user_is_asked(signed_in_ana, signed_in_ben, sandbox):
    sandbox.expire_sessions("ben")

    ran = run("check_credentials", "--user", "ana")

    assert (ran.code, ran.out, ran.err) == (0, "ana: working\n", "")


def test_credentials_of_a_user_who_was_switched_off_are_left_alone(signed_in_ana, sandbox):
    signed_in_ana.is_active = False
    signed_in_ana.save()

    run("check_credentials")

    assert "verify" not in sandbox.counts()["calls"]


def test_pasted_credentials_that_work_are_noted_as_working(ana, sandbox):
    save_pasted(ana, sandbox.api_key, sandbox.sign_in())

    ran = run("check_credentials")

    assert (ran.code, ran.out) == (0, "ana: working\n")
    assert Credentials.objects.get().state == Credentials.State.ACTIVE


def test_no_secret_is_printed(signed_in_ana, sandbox):
    ran = run("check_credentials")

    assert sandbox.api_key not in ran.out + ran.err


def test_a_session_that_is_likely_to_end_soon_does_not_work_for_long(signed_in_ana, sandbox):
    Credentials.objects.update(saved_at=timezone.now() - timedelta(hours=20))

    soon = run("check_credentials", "--within", "12h")
    later = run("check_credentials", "--within", "1h")

    assert soon.code == 1
    assert "ana: likely to end at 20" in soon.err
    assert "1 of 1 are not valid or end soon." in soon.err
    assert (later.code, later.out) == (0, "ana: working\n")
