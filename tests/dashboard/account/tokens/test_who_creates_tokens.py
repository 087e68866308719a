"""A token is created only by a user who has passed every step of signing in, not long ago."""

import pytest

from customers.models import ApiToken
from tests.conftest import browser_of
from tests.helpers.accounts.codes import (
    PASSWORD,
    enter,
    let_pass,
    set_up,
    set_up_in,
    signed_in_by_password,
)
from tests.helpers.accounts.confirming import ASKS, text_of
from tests.helpers.accounts.shown_tokens import shown_token


def test_without_a_second_factor_the_password_is_enough(ana, create):
    assert shown_token(create(signed_in_by_password()))


@pytest.mark.parametrize("is_required", [True, False])
def test_a_second_factor_has_to_be_passed_first(ana, create, settings, is_required):
    settings.REQUIRE_SECOND_FACTOR = is_required
    authenticator = set_up(ana)
    client = signed_in_by_password()

    refused = create(client)
    assert (refused.status_code, ApiToken.objects.count()) == (302, 0)
    assert refused.headers["Location"].startswith("/admin/login/")

    enter(client, authenticator.code())
    assert shown_token(create(client))


def test_where_one_is_required_it_has_to_be_set_up_first(ana, create, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    client = signed_in_by_password()

    assert create(client).status_code == 302
    assert not ApiToken.objects.exists()

    set_up_in(client)
    assert shown_token(create(client))


def test_an_older_sign_in_asks_for_the_password_and_then_creates_what_was_asked(ana, create):
    client = browser_of(ana)
    client.get("/tokens/")
    let_pass(client, 11)

    asked = create(client, addresses="192.0.2.0/24")

    assert ASKS in text_of(asked)
    assert not ApiToken.objects.exists()
    confirmed = client.post("/tokens/create/", {**carried(asked), "own_password": PASSWORD})
    assert shown_token(confirmed)
    token = ApiToken.objects.get()
    assert (token.name, token.scopes) == ("nightly report", ["read", "history"])
    assert token.addresses == ["192.0.2.0/24"]


def test_a_wrong_password_creates_nothing(ana, create):
    client = browser_of(ana)
    client.get("/tokens/")
    let_pass(client, 11)

    answer = create(client, own_password="wrong")

    assert ASKS in text_of(answer)
    assert not ApiToken.objects.exists()


def test_revoking_asks_for_nothing(ana, create):
    client = browser_of(ana)
    create(client)
    let_pass(client, 11)

    client.post(f"/tokens/{ApiToken.objects.get().pk}/revoke/")

    assert ApiToken.objects.get().revoked_at


def carried(answer):
    """The fields that the page which asks for the password hands on."""
    found = {}
    for name, value in answer.context["carried"]:
        found.setdefault(name, []).append(value)
    return found
