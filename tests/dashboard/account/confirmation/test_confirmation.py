"""The password is asked for again before a step that decides who gets into an account."""

from django_otp.plugins.otp_totp.models import TOTPDevice

from customers.models import SecurityEvent
from tests.conftest import browser_of
from tests.helpers.accounts.codes import (
    codes_on,
    enter,
    is_in,
    let_pass,
    set_up,
    set_up_in,
    signed_in_by_password,
)
from tests.helpers.accounts.confirming import ASKS, confirm, text_of


def test_a_sign_in_of_the_last_ten_minutes_is_enough(ana):
    client = signed_in_by_password()
    let_pass(client, 9.9)

    client.post("/second-factor/begin/")

    assert "Scan this" in text_of(client.get("/second-factor/"))


def test_later_setting_up_asks_for_the_password(old):
    answer = old.post("/second-factor/begin/")

    assert ASKS in text_of(answer)
    assert "Scan this" not in text_of(old.get("/second-factor/"))


def test_a_wrong_password_is_no_better_after_a_recent_sign_in(ana):
    client = signed_in_by_password()

    answer = client.post("/second-factor/begin/", {"own_password": "wrong"})

    assert ASKS in text_of(answer)


def test_a_confirmation_lasts_ten_minutes(old):
    confirm(old, "/second-factor/begin/")
    let_pass(old, 9)
    assert ASKS not in text_of(old.post("/second-factor/begin/"))
    let_pass(old, 2)

    assert ASKS in text_of(old.post("/second-factor/begin/"))


def test_a_confirmation_is_of_one_session(old, ana):
    other = browser_of(ana)
    other.get("/credentials/")
    let_pass(other, 11)
    confirm(old, "/second-factor/begin/")

    assert ASKS in text_of(other.post("/second-factor/begin/"))


def test_wrong_passwords_are_counted_and_pause(old, settings):
    settings.SIGN_IN_ATTEMPTS = 3
    for _ in range(3):
        old.post("/second-factor/begin/", {"own_password": "wrong"})

    answer = confirm(old, "/second-factor/begin/")

    assert answer.status_code == 429
    assert "Too many wrong passwords or codes. Wait" in text_of(answer)
    assert SecurityEvent.objects.filter(code="password.refused").count() == 3
    assert SecurityEvent.objects.filter(code="password.paused").count() == 1


def test_removing_the_factor_asks_for_the_password(ana):
    authenticator = set_up(ana)
    client = signed_in_by_password()
    enter(client, authenticator.code())
    let_pass(client, 11)

    right = authenticator.code()

    answer = client.post("/second-factor/remove/", {"code": right})

    assert ASKS in text_of(answer)
    assert TOTPDevice.objects.exists()
    confirm(client, "/second-factor/remove/")
    assert TOTPDevice.objects.exists()
    client.post("/second-factor/remove/", {"code": right})
    assert not TOTPDevice.objects.exists()


def test_new_recovery_codes_ask_for_the_password(ana):
    client = browser_of(ana)
    set_up_in(client)
    let_pass(client, 11)

    answer = client.post("/second-factor/recovery-codes/")

    assert ASKS in text_of(answer)
    assert codes_on(text_of(answer)) == []
    assert len(codes_on(text_of(confirm(client, "/second-factor/recovery-codes/")))) == 10


def test_removing_the_factor_ends_all_other_sessions(ana):
    client = browser_of(ana)
    authenticator, _ = set_up_in(client)
    other = signed_in_by_password()
    enter(other, authenticator.code())
    key = client.cookies["sessionid"].value

    client.post("/second-factor/remove/", {"code": authenticator.code()})

    assert is_in(client)
    assert client.cookies["sessionid"].value != key
    assert not is_in(other)
