"""Setting a second factor up: what is offered, to whom, and for how long."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from customers.models import PortalSession, SecurityEvent
from customers.services.accounts.second_factor import confirm_setup, new_secret
from tests.conftest import browser_of
from tests.helpers.accounts.begun_setup import begun, secret_in
from tests.helpers.accounts.codes import (
    PASSWORD,
    WRONG,
    Authenticator,
    enter,
    is_in,
    secret_on,
    set_up,
    set_up_in,
    signed_in_by_password,
)


def test_it_is_set_up_with_a_code_of_the_secret(ana):
    client, secret = begun(ana)

    answer = enter(client, Authenticator(secret).code())

    assert "Your second factor is set up" in answer.content.decode()
    assert TOTPDevice.objects.get().key == secret
    assert secret_in(client) == ""
    assert is_in(client)


def test_nothing_of_it_counts_before_a_code_was_right(ana):
    client, secret = begun(ana)

    answer = enter(client, WRONG)

    assert "Wrong code." in answer.content.decode()
    assert secret_on(answer.content.decode()) == secret
    assert not TOTPDevice.objects.exists()
    assert is_in(signed_in_by_password())


def test_the_code_of_the_set_up_is_used_up(ana):
    client, secret = begun(ana)
    code = Authenticator(secret).code()
    enter(client, code)
    other = signed_in_by_password()

    enter(other, code)

    assert not is_in(other)


def test_each_set_up_has_a_secret_of_its_own(ana):
    client, first = begun(ana)

    client.post("/second-factor/begin/")

    assert secret_in(client) not in {"", first}
    enter(client, Authenticator(first).code())
    assert not TOTPDevice.objects.exists()


def test_no_other_session_is_offered_a_set_up_that_was_begun(ana):
    _, secret = begun(ana)
    other = browser_of(ana)

    assert secret_in(other) == ""
    assert other.get("/second-factor/qr.svg").status_code == 404
    enter(other, Authenticator(secret).code())
    assert not TOTPDevice.objects.exists()


def sign_out(client):
    client.post("/admin/logout/")
    return signed_in_by_password(client=client)


def sign_in_again(client):
    return signed_in_by_password(client=client)


def change_the_password(client):
    new = dict.fromkeys(("new_password1", "new_password2"), "Nine-2-$x-and-more")
    client.post("/admin/password_change/", {"old_password": PASSWORD, **new})
    return client


def wait(client):
    let_pass_set_up(client)
    return client


def let_pass_set_up(client):
    session = client.session
    pending = session["second_factor_pending"]
    session["second_factor_pending"] = pending | {"begun_at": pending["begun_at"] - 601}
    session.save()


@pytest.mark.parametrize("ended", [sign_out, sign_in_again, change_the_password, wait])
def test_a_set_up_that_was_begun_ends(ana, ended):
    client, secret = begun(ana)

    client = ended(client)

    assert secret_in(client) == ""
    assert client.get("/second-factor/qr.svg").status_code == 404
    answer = client.post(
        "/second-factor/code/", {"code": Authenticator(secret).code()}, follow=True
    )
    assert "This setup has expired" in answer.content.decode()
    assert not TOTPDevice.objects.exists()


def test_the_secret_is_shown_as_a_picture_only_while_it_is_set_up(ana):
    client = browser_of(ana)
    assert client.get("/second-factor/qr.svg").status_code == 404
    client.post("/second-factor/begin/")

    picture = client.get("/second-factor/qr.svg")

    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert "no-store" in picture.headers["Cache-Control"]
    assert b"<svg" in picture.content
    enter(client, Authenticator(secret_in(client)).code())
    assert client.get("/second-factor/qr.svg").status_code == 404


def test_a_page_with_a_secret_or_codes_is_stored_nowhere(ana):
    client, secret = begun(ana)

    pages = client.get("/second-factor/"), enter(client, Authenticator(secret).code())

    assert all("no-store" in page.headers["Cache-Control"] for page in pages)


def test_two_set_ups_at_once_end_in_one_factor(ana):
    first, first_secret = begun(ana)
    second, second_secret = begun(ana)
    enter(first, Authenticator(first_secret).code())

    enter(second, Authenticator(second_secret).code())

    assert TOTPDevice.objects.get().key == first_secret


def test_a_set_up_that_comes_second_counts_for_nothing(ana):
    set_up(ana)
    secret = new_secret()

    assert confirm_setup(ana, secret, Authenticator(secret).code()) is None
    assert TOTPDevice.objects.count() == 1


def test_setting_it_up_ends_all_other_sessions_and_renews_the_key_of_this_one(ana, ben):
    client, secret = begun(ana)
    key = client.cookies["sessionid"].value
    other, bens = browser_of(ana), browser_of(ben)

    enter(client, Authenticator(secret).code())

    assert client.cookies["sessionid"].value != key
    assert is_in(client)
    assert is_in(bens)
    assert not is_in(other)
    assert PortalSession.objects.filter(user_id=ana.pk).count() == 1


def test_setting_it_up_and_removing_it_are_recorded_and_mailed(ana, mailed):
    client = browser_of(ana)

    with mailed() as mails:
        authenticator, _ = set_up_in(client)
        client.post("/second-factor/remove/", {"code": authenticator.code()})

    codes = set(SecurityEvent.objects.values_list("code", flat=True))
    assert {"factor.added", "recovery.created", "factor.removed"} <= codes
    assert [mail.subject for mail in mails] == [
        "Billing portal: Second factor set up",
        "Billing portal: Second factor removed",
    ]


def test_the_removal_by_an_administrator_is_mailed_to_who_it_concerns(ana, mailed):
    set_up_in(browser_of(ana))
    root = browser_of(User.objects.create_superuser("root"))

    with mailed() as mails:
        root.post(
            "/admin/auth/user/", {"action": "remove_second_factors", "_selected_action": [ana.pk]}
        )

    (mail,) = mails
    assert mail.to == ["ana@staff.example"]
    assert "By: root" in mail.body


def test_a_factor_that_was_removed_is_not_offered_again(ana):
    client = browser_of(ana)
    authenticator, _ = set_up_in(client)

    client.post("/second-factor/remove/", {"code": authenticator.code()})

    assert secret_in(client) == ""
    client.post("/second-factor/begin/")
    assert secret_in(client) not in {"", authenticator.totp.key.hex()}


def test_a_stranger_is_sent_to_sign_in(db):
    for url in ("begin", "code", "remove", "recovery-codes"):
        answer = Client().post(f"/second-factor/{url}/")
        assert answer.headers["Location"].startswith("/admin/login/")
