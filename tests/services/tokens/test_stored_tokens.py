"""Which tokens are whose, how they stand, and how they end."""

from datetime import timedelta

from django.utils import timezone

from customers.models import ApiToken, SecurityEvent
from customers.services.tokens.authenticate import tokens_work
from customers.services.tokens.stored_tokens import (
    all_tokens,
    old_tokens,
    revoke,
    token_state,
    tokens_of,
    unended,
)
from tests.helpers.accounts.api_tokens import give_token


def token_of(user, **facts) -> ApiToken:
    give_token(user)
    row = tokens_of(user)[0]
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    return row


def test_each_token_is_of_one_user(ana, ben):
    mine, other = token_of(ana), token_of(ben)

    assert list(tokens_of(ana)) == [mine]
    assert set(all_tokens()) == {mine, other}


def test_how_a_token_stands(ana):
    now = timezone.now()
    active = token_of(ana)
    expired = token_of(ana, expires_at=now)
    revoked = token_of(ana, revoked_at=now)

    assert list(unended(all_tokens())) == [active]
    works = tokens_work(ana)
    assert [token_state(row, works=works) for row in (active, expired, revoked)] == [
        "active",
        "expired",
        "revoked",
    ]
    ana.is_staff = False
    ana.save()
    assert token_state(active, works=tokens_work(ana)) == "suspended"


def test_revoking_twice_is_one_event(ana):
    row = token_of(ana, name="nightly")

    assert [revoke([row]), revoke([row])] == [1, 0]

    (event,) = SecurityEvent.objects.filter(code="token.revoked")
    assert event.detail == {
        "token": "nightly",
        "token_id": row.pk,
        "scopes": ["read", "history", "check"],
    }


def test_tokens_that_ended_before_a_time_are_old(ana):
    now, before = timezone.now(), timezone.now() - timedelta(days=400)
    token_of(ana)
    token_of(ana, expires_at=now)
    expired = token_of(ana, expires_at=before - timedelta(days=1))
    revoked = token_of(ana, revoked_at=before - timedelta(days=1))

    assert set(old_tokens(before)) == {expired, revoked}
