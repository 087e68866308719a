"""Whose program a token speaks for, and all the ways to be refused."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from customers.models import ApiToken
from customers.services.tokens.authenticate import TokenRefused, authenticate
from customers.services.tokens.stored_tokens import revoke, tokens_of
from tests.helpers.accounts.api_tokens import give_token

HERE = "192.0.2.7"


def test_a_token_speaks_for_its_user_with_its_scopes(ana):
    token = give_token(ana, "check", "read", name="nightly report")

    caller = authenticate(token, HERE)

    row = ApiToken.objects.get()
    assert (caller.user, caller.token_id, caller.token_name) == (ana, row.pk, "nightly report")
    assert caller.scopes == {"read", "check"}
    assert caller.expires_at == row.expires_at


def _update(**values):
    return lambda ana: ApiToken.objects.filter(user=ana).update(**values)


def _update_user(**values):
    return lambda ana: User.objects.filter(pk=ana.pk).update(**values)


# What ends a token, or keeps it from being used for a while.
REFUSED = {
    "revoked": lambda ana: revoke(tokens_of(ana)),
    "expired": _update(expires_at=timezone.now() - timedelta(seconds=1)),
    "from another address": _update(addresses=["198.51.100.0/24"]),
    "user inactive": _update_user(is_active=False),
    "superuser inactive": _update_user(is_active=False, is_superuser=True),
    "no longer staff": _update_user(is_staff=False),
    "may no longer see customers": lambda ana: ana.groups.clear(),
    "deleted": lambda ana: tokens_of(ana).delete(),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_token_is_refused(ana, token, why):
    assert authenticate(token, HERE).user == ana

    REFUSED[why](ana)

    with pytest.raises(TokenRefused) as caught:
        authenticate(token, HERE)
    assert str(caught.value) == str(TokenRefused())
    assert token[4:] not in repr(caught.value)


def test_a_bound_token_is_refused_where_the_address_is_unknown(ana):
    token = give_token(ana, addresses=["192.0.2.0/24"])

    assert authenticate(token, HERE).user == ana
    with pytest.raises(TokenRefused):
        authenticate(token, None)


def test_it_works_again_when_its_user_may_open_pages_again(ana, token):
    REFUSED["no longer staff"](ana)
    User.objects.filter(pk=ana.pk).update(is_staff=True)

    assert authenticate(token, HERE).user == ana


def test_an_unknown_token_costs_one_query_and_garbage_none(ana, token, django_assert_num_queries):
    tokens_of(ana).delete()

    with django_assert_num_queries(1), pytest.raises(TokenRefused):
        authenticate(token, HERE)
    with django_assert_num_queries(0), pytest.raises(TokenRefused):
        authenticate(token[:-1] + ("a" if token[-1] != "a" else "b"), HERE)


def test_the_database_holds_a_hash_alone(ana, token):
    row = ApiToken.objects.values().get()

    assert row["digest"]
    assert not [value for value in row.values() if token[4:12] in str(value)]


def test_last_use_is_written_once_per_minute(token, clock, django_assert_num_queries):
    authenticate(token, HERE)
    first = ApiToken.objects.get().last_used_at

    clock.shift(29)
    with django_assert_num_queries(2):  # the token, and whether its user may see customers
        authenticate(token, HERE)
    assert ApiToken.objects.get().last_used_at == first == timezone.now() - timedelta(seconds=29)

    clock.shift(1)
    authenticate(token, HERE)
    assert ApiToken.objects.get().last_used_at == timezone.now()


def test_a_refused_request_writes_nothing(ana, token, django_assert_num_queries):
    REFUSED["no longer staff"](ana)

    with django_assert_num_queries(1), pytest.raises(TokenRefused):
        authenticate(token, HERE)

    assert ApiToken.objects.get().last_used_at is None
