"""Recovery codes: shown once, and good once for their own user."""

import pytest
from django_otp.plugins.otp_totp.models import TOTPDevice

from customers.models import RecoveryCode
from tests.conftest import browser_of
from tests.helpers.accounts.begun_setup import begun
from tests.helpers.accounts.codes import (
    Authenticator,
    codes_on,
    enter,
    is_in,
    set_up_in,
    signed_in_by_password,
)


def test_ten_recovery_codes_are_shown_once_and_stored_as_hashes(ana):
    client, secret = begun(ana)

    page = enter(client, Authenticator(secret).code()).content.decode()

    codes = codes_on(page)
    assert len(set(codes)) == 10
    later = client.get("/second-factor/").content.decode()
    assert "10 codes left" in later
    stored = repr(list(RecoveryCode.objects.values())) + str(client.session.items())
    assert not [code for code in codes if code in later or code.replace("-", "") in stored.lower()]


@pytest.fixture
def with_codes(ana):
    return set_up_in(browser_of(ana))[1]


@pytest.mark.parametrize("typed", ["{}", " {} ", "upper", "spaces"])
def test_a_recovery_code_takes_the_place_of_a_code(with_codes, typed):
    code = {"upper": with_codes[0].upper(), "spaces": with_codes[0].replace("-", " ")}.get(
        typed, typed.format(with_codes[0])
    )
    client = signed_in_by_password()

    enter(client, code)

    assert is_in(client)
    assert "9 codes left" in client.get("/second-factor/").content.decode()


def test_a_recovery_code_works_once(with_codes):
    enter(signed_in_by_password(), with_codes[0])
    client = signed_in_by_password()

    enter(client, with_codes[0])

    assert not is_in(client)


def test_a_recovery_code_is_its_users_alone(with_codes, ben):
    set_up_in(browser_of(ben))
    client = signed_in_by_password("ben")

    enter(client, with_codes[0])

    assert not is_in(client)


def test_the_use_of_a_recovery_code_is_mailed(with_codes, mailed):
    with mailed() as mails:
        enter(signed_in_by_password(), with_codes[0])

    assert "Billing portal: Recovery code used" in [mail.subject for mail in mails]


def test_new_recovery_codes_end_the_former(ana):
    client = browser_of(ana)
    _, former = set_up_in(client)

    new = codes_on(client.post("/second-factor/recovery-codes/").content.decode())

    assert len(new) == 10
    assert not set(new) & set(former)
    other = signed_in_by_password()
    enter(other, former[0])
    assert not is_in(other)
    enter(other, new[0])
    assert is_in(other)


def test_removing_the_factor_removes_its_recovery_codes(ana):
    client = browser_of(ana)
    authenticator, _ = set_up_in(client)

    client.post("/second-factor/remove/", {"code": authenticator.code()})

    assert not RecoveryCode.objects.exists()


def test_a_recovery_code_sets_nothing_up(ana):
    """Nobody has a recovery code yet; only six digits count."""
    client, _ = begun(ana)

    enter(client, "abcd-efgh-ijkl-mnop")

    assert not TOTPDevice.objects.exists()
