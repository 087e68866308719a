"""Who may remove a second factor: its owner with a code, and an administrator."""

import pytest
from django.contrib.auth.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.conftest import browser_of
from tests.helpers.accounts.codes import (
    WRONG,
    codes_on,
    enter,
    is_in,
    set_up,
    set_up_in,
    signed_in_by_password,
)
from tests.helpers.commands import run


@pytest.mark.parametrize("url", ["/second-factor/begin/", "/second-factor/remove/"])
def test_the_password_alone_neither_replaces_nor_removes_it(authenticator, url):
    client = signed_in_by_password()
    before = TOTPDevice.objects.get()

    client.post(url, {"code": WRONG})

    assert TOTPDevice.objects.get() == before
    assert not is_in(client)


def test_the_password_alone_makes_no_recovery_codes(authenticator):
    client = signed_in_by_password()

    answer = client.post("/second-factor/recovery-codes/")

    assert codes_on(answer.content.decode()) == []


def test_its_owner_removes_it_with_a_code(authenticator):
    client = signed_in_by_password()
    enter(client, authenticator.code())

    client.post("/second-factor/remove/", {"code": authenticator.code()})

    assert not TOTPDevice.objects.exists()
    assert is_in(client)
    assert is_in(signed_in_by_password())


def test_a_factor_that_was_removed_is_passed_no_more(authenticator, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    client = signed_in_by_password()
    enter(client, authenticator.code())

    client.post("/second-factor/remove/", {"code": authenticator.code()})

    assert not is_in(client)
    set_up_in(client)
    assert is_in(client)


@pytest.mark.parametrize("is_required", [True, False])
def test_a_session_has_not_passed_the_factor_that_took_the_place_of_its_own(
    authenticator, ana, settings, is_required
):
    """Even if it was replaced outside of the portal."""
    settings.REQUIRE_SECOND_FACTOR = is_required
    client = signed_in_by_password()
    enter(client, authenticator.code())
    assert is_in(client)
    TOTPDevice.objects.all().delete()
    assert is_in(client) is not is_required

    new = set_up(ana)

    assert not is_in(client)
    enter(client, new.code())
    assert is_in(client)


def test_the_command_removes_what_was_lost_and_ends_sessions(ana):
    client = browser_of(ana)
    _, codes = set_up_in(client)
    assert is_in(client)

    ran = run("reset_second_factor", "ana")

    assert ran.out == "Removed the second factor of ana.\n"
    assert not is_in(client)
    assert is_in(signed_in_by_password())
    new = set_up(ana)
    again = signed_in_by_password()
    enter(again, codes[0])
    assert not is_in(again)
    enter(again, new.code())
    assert is_in(again)


def test_the_command_says_that_there_is_none(ana):
    client = browser_of(ana)

    ran = run("reset_second_factor", "ana")

    assert (ran.code, ran.err) == (1, "ana has no second factor.\n")
    assert is_in(client)


def test_the_back_office_removes_what_was_lost_and_shows_no_secret(ana):
    client = browser_of(ana)
    set_up_in(client)
    root = browser_of(User.objects.create_superuser("root"))

    root.post(
        "/admin/auth/user/", {"action": "remove_second_factors", "_selected_action": [ana.pk]}
    )

    assert not TOTPDevice.objects.exists()
    assert not is_in(client)
    assert root.get("/admin/otp_totp/totpdevice/").status_code == 404
