"""An existing user connects their account while signed in."""

import re
import time

import pytest

from customers.models import OidcIdentity
from customers.services.tokens.authenticate import authenticate
from tests.helpers.accounts.api_tokens import give_token
from tests.helpers.accounts.codes import PASSWORD, is_in, let_pass, set_up, signed_in_by_password
from tests.helpers.accounts.confirming import ASKS, text_of
from tests.helpers.accounts.events import events
from tests.helpers.single_sign_on.provider import Said


def connect(client, **fields):
    """The address at the provider that the page leads to."""
    page = text_of(client.post("/sign-in/connect/", fields))
    return re.search(r'content="0; url=([^"]+)"', page)[1].replace("&amp;", "&")


def subjects():
    return list(OidcIdentity.objects.values_list("user__username", "subject"))


def test_a_connected_user_signs_in_there(ana, provider, browser, sign_in, mailoutbox):
    ana.email = "ana@example.com"
    ana.save()
    client = signed_in_by_password()
    assert "once your account is connected" in text_of(client.get("/sign-ins/"))

    client.get(provider.approve(connect(client)))

    assert subjects() == [("ana", "s-ana")]
    assert ("identity.linked", "ana", "") in events(ana)
    page = text_of(client.get("/sign-ins/"))
    assert f"Connected to {provider.issuer.split('/')[2]} since" in page
    sign_in(browser)
    assert is_in(browser)


def test_connecting_is_a_sign_in_there_so_tokens_go_on(ana, provider):
    token = give_token(ana)
    client = signed_in_by_password()

    client.get(provider.approve(connect(client)))

    assert authenticate(token, None).user == ana


def test_connecting_asks_for_the_password_again(ana, provider):
    client = signed_in_by_password()
    client.get("/keys/")
    let_pass(client, 11)

    assert ASKS in text_of(client.post("/sign-in/connect/"))
    assert connect(client, own_password=PASSWORD).startswith(provider.issuer)


def test_the_subject_of_another_user_is_refused(connected, ben, provider):
    client = signed_in_by_password("ben")

    page = client.get(provider.approve(connect(client)), follow=True)

    assert "connected to another user" in text_of(page)
    assert subjects() == [("ana", "s-ana")]


@pytest.mark.parametrize("signed_in_for", [None, 3600])
def test_whoever_was_signed_in_there_already_is_not_taken(ana, provider, signed_in_for):
    client = signed_in_by_password()
    auth_time = signed_in_for and int(time.time()) - signed_in_for

    client.get(provider.approve(connect(client), said=Said({"auth_time": auth_time})))

    assert subjects() == []


def test_a_link_connects_nothing(ana, provider):
    client = signed_in_by_password()

    assert client.get("/sign-in/connect/").headers["Location"] == "/sign-ins/"


def test_the_second_factor_comes_first(ana, provider):
    client = signed_in_by_password()
    url = connect(client)
    set_up(ana)

    client.get(provider.approve(url))

    assert subjects() == []


def test_nothing_is_connected_after_sign_out(ana, provider):
    client = signed_in_by_password()
    url = connect(client)
    client.post("/admin/logout/")

    client.get(provider.approve(url))

    assert subjects() == []
