"""The second factor at sign-in: what the password alone opens, and what a code opens."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.conftest import browser_of
from tests.helpers.accounts.codes import (
    WRONG,
    enter,
    is_in,
    let_pass,
    set_up,
    set_up_in,
    signed_in_by_password,
)


@pytest.mark.parametrize("url", ["/", "/orgs/", "/credentials/", "/admin/", "/export/"])
def test_the_password_alone_opens_nothing(authenticator, url):
    client = signed_in_by_password()

    answer = client.get(url, follow=True)

    assert answer.request["PATH_INFO"] == "/second-factor/"
    assert "Enter the code" in answer.content.decode()


def test_the_code_opens_what_was_asked_for(authenticator):
    client = signed_in_by_password()

    answer = enter(client, authenticator.code(), next="/credentials/")

    assert answer.headers["Location"] == "/credentials/"
    assert is_in(client)


@pytest.mark.parametrize("wanted", ["https://evil.example/", "nowhere"])
def test_a_code_leads_to_no_other_site(authenticator, wanted):
    answer = enter(signed_in_by_password(), authenticator.code(), next=wanted)

    assert answer.headers["Location"] == "/"


def test_a_wrong_code_opens_nothing(authenticator):
    client = signed_in_by_password()

    answer = enter(client, WRONG)

    assert "This code is wrong" in answer.content.decode()
    assert WRONG not in answer.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize("typed", ["12345", "1234567", "abcdef", "", "１２３４５６", "²²²²²²"])
def test_what_cannot_be_a_code_is_said_to_be_none(authenticator, typed):
    client = signed_in_by_password()

    answer = enter(client, typed)

    assert answer.status_code == 200
    assert not is_in(client)


def test_a_code_may_be_typed_in_two_groups(authenticator):
    client = signed_in_by_password()
    code = authenticator.code()

    enter(client, f" {code[:3]} {code[3:]} ")

    assert is_in(client)


def test_a_code_works_once(authenticator):
    code = authenticator.code()
    enter(signed_in_by_password(), code)
    client = signed_in_by_password()

    enter(client, code)

    assert not is_in(client)


def test_the_code_renews_the_key_of_the_session(authenticator):
    """A key known before the code was entered is no longer valid."""
    client = signed_in_by_password()
    known = client.cookies["sessionid"].value
    other = Client()
    other.cookies["sessionid"] = known

    enter(client, authenticator.code())

    assert client.cookies["sessionid"].value != known
    assert is_in(client)
    assert other.get("/second-factor/").status_code == 302
    assert not is_in(other)


def test_a_session_of_one_user_passes_nothing_for_another(authenticator, ben):
    bens = set_up(ben)
    client = signed_in_by_password()
    enter(client, authenticator.code())

    signed_in_by_password("ben", client)

    assert not is_in(client)
    enter(client, bens.code())
    assert is_in(client)


def test_signing_in_again_asks_for_a_code_again(authenticator):
    client = signed_in_by_password()
    enter(client, authenticator.code())

    signed_in_by_password(client=client)

    assert not is_in(client)


def test_who_is_still_to_enter_the_code_may_sign_out(authenticator):
    client = signed_in_by_password()

    client.post("/admin/logout/")

    assert client.get("/second-factor/").headers["Location"].startswith("/admin/login/")


def test_a_session_from_before_the_set_up_does_not_get_around_it(ana):
    client = signed_in_by_password()
    assert is_in(client)

    set_up(ana)

    assert not is_in(client)


def test_a_portal_that_requires_it_lets_nobody_in_without(ana, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    client = signed_in_by_password()

    page = client.get("/", follow=True)

    assert "requires a second factor" in page.content.decode()
    set_up_in(client)
    assert is_in(client)


@pytest.mark.parametrize("who", ["themselves", "an administrator"])
def test_a_new_password_ends_all_other_sessions(ana, who):
    here, elsewhere = browser_of(ana), browser_of(ana)
    root = browser_of(User.objects.create_superuser("root"))
    new = {"new_password1": "Nine-2-$x-and-more", "new_password2": "Nine-2-$x-and-more"}

    if who == "themselves":
        here.post("/admin/password_change/", {"old_password": "a password of the tests", **new})
    else:
        set_by_root = {f"password{n}": "Nine-2-$x-and-more" for n in (1, 2)}
        root.post(f"/admin/auth/user/{ana.pk}/password/", set_by_root)

    assert is_in(here) is (who == "themselves")
    assert not is_in(elsewhere)


def test_an_old_session_is_still_one_that_has_passed(authenticator):
    client = signed_in_by_password()
    enter(client, authenticator.code())
    let_pass(client, 59)

    assert is_in(client)
