"""Tokens are made once per form, for a bounded time, and recorded."""

from datetime import timedelta
from uuid import uuid4

import pytest

from customers.models import ApiToken, SecurityEvent
from customers.services.tokens.new_tokens import AlreadyMade, TooLong, make_token

WEEK = timedelta(days=7)


def test_it_lasts_as_long_as_asked_and_keeps_scopes_in_order(ana, clock):
    made = make_token(ana, "nightly", ["check", "read", "read"], WEEK, addresses=["10.0.0.0/8"])

    row = ApiToken.objects.get()
    assert row == made.row
    assert (row.scopes, row.addresses) == (["read", "check"], ["10.0.0.0/8"])
    assert row.expires_at - row.created_at == WEEK


def test_its_text_is_not_in_its_representation(ana):
    made = make_token(ana, "nightly", ["read"], WEEK)

    assert made.text not in f"{made!r} {made.row!r} {vars(made.row)}"


@pytest.mark.parametrize("lasts", [timedelta(days=7, seconds=1), timedelta(0), timedelta(-1)])
def test_the_longest_time_is_a_setting(ana, settings, lasts):
    settings.API_TOKEN_MAX_AGE = WEEK
    make_token(ana, "nightly", ["read"], WEEK)

    with pytest.raises(TooLong):
        make_token(ana, "nightly", ["read"], lasts)

    assert ApiToken.objects.count() == 1


def test_a_form_makes_one_token(ana):
    key = uuid4()
    make_token(ana, "nightly", ["read"], WEEK, form_key=key)

    with pytest.raises(AlreadyMade):
        make_token(ana, "nightly", ["read"], WEEK, form_key=key)

    assert ApiToken.objects.count() == SecurityEvent.objects.count() == 1


def test_it_is_a_security_event_that_names_it_and_holds_no_secret(ana):
    made = make_token(ana, "nightly", ["read"], WEEK)

    event = SecurityEvent.objects.get()
    assert (event.code, event.username) == ("token.created", "ana")
    assert event.detail == {"token": "nightly", "token_id": made.row.pk, "scopes": ["read"]}
