"""A session is renewed at the provider every OIDC_RECHECK, or ends."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Draft, OidcIdentity, PortalSession, ProviderSession
from customers.services.drafts.writer import sign_writer
from customers.services.single_sign_on import provider_sessions
from tests.conftest import organization
from tests.helpers.accounts.codes import is_in
from tests.helpers.accounts.events import events
from tests.helpers.single_sign_on.provider import OTHER_KEY, Said


@pytest.fixture
def client_of_ana(connected, browser, sign_in):
    sign_in(browser)
    return browser


def let_pass(minutes):
    """Since the provider last confirmed the session."""
    for row in ProviderSession.objects.all():
        row.renewed_at -= timedelta(minutes=minutes)
        row.tried_at = row.tried_at and row.tried_at - timedelta(minutes=minutes)
        row.save()


def renewals(provider):
    return provider.requests.count("/token") - 1


def test_a_young_session_asks_nobody(client_of_ana, provider):
    let_pass(11)

    assert is_in(client_of_ana)
    assert renewals(provider) == 0


def test_an_older_one_is_renewed_with_each_new_token(client_of_ana, provider):
    for _ in range(3):
        let_pass(14)
        assert is_in(client_of_ana)
        assert is_in(client_of_ana)

    assert renewals(provider) == 3


def test_a_user_who_is_disabled_there_is_out(client_of_ana, ana, provider):
    provider.disabled.add("s-ana")
    let_pass(14)

    assert not is_in(client_of_ana)
    assert not PortalSession.objects.filter(user_id=ana.pk).exists()
    assert ("session.not_renewed", "ana", "") in events(ana)


@pytest.mark.parametrize(
    "answer",
    [(200, {}), (403, {"message": "user disabled"}), (429, {"message": "slow down"})],
    ids=["no token", "a refusal", "too many requests"],
)
def test_only_a_new_token_renews(client_of_ana, provider, answer):
    provider.renewal_answer = answer
    let_pass(14)

    assert not is_in(client_of_ana)


@pytest.mark.parametrize(
    ("said", "stays"),
    [
        (Said(), True),
        (Said({"sub": "s-ben"}), False),
        (Said({"aud": "another-portal"}), False),
        (Said(key=OTHER_KEY), False),
    ],
    ids=["the truth", "somebody else", "another audience", "another key"],
)
def test_an_id_token_of_a_renewal_must_be_true(client_of_ana, provider, said, stays):
    provider.renews_with = said
    let_pass(14)

    assert is_in(client_of_ana) == stays


def test_a_provider_that_is_away_for_a_moment_ends_nothing(client_of_ana, provider):
    provider.is_away = True
    let_pass(14)
    assert is_in(client_of_ana)

    let_pass(2)

    assert not is_in(client_of_ana)


def test_it_is_asked_again_once_it_is_back(client_of_ana, provider):
    provider.is_away = True
    let_pass(13)
    assert is_in(client_of_ana)
    provider.is_away = False
    let_pass(1)
    assert is_in(client_of_ana)

    let_pass(11)

    assert is_in(client_of_ana)


def test_without_a_refresh_token_a_session_ends_after_the_time(
    connected, provider, browser, sign_in
):
    provider.issues_refresh_tokens = False
    sign_in(browser)
    let_pass(14.9)
    assert is_in(browser)

    let_pass(0.2)

    assert not is_in(browser)


def test_requests_at_once_use_a_refresh_token_once(client_of_ana, provider):
    key = client_of_ana.session["provider_session"]
    let_pass(14)
    other = provider_sessions.renew_at_provider
    during = []

    def renew(*args):
        during.append(provider_sessions.is_renewed(key))
        return other(*args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(provider_sessions, "renew_at_provider", renew)
        assert is_in(client_of_ana)

    assert during == [True]
    assert renewals(provider) == 1


def test_a_request_that_comes_late_uses_no_former_refresh_token(
    client_of_ana, provider, monkeypatch
):
    key = client_of_ana.session["provider_session"]
    let_pass(14)
    other, first = provider_sessions._claim, []

    def claim_late(row, now):
        if not first:
            first.append(row)
            assert provider_sessions.is_renewed(key)
        return other(row, now)

    monkeypatch.setattr(provider_sessions, "_claim", claim_late)

    assert provider_sessions.is_renewed(key)
    assert renewals(provider) == 1


@pytest.mark.parametrize("change", ["no provider", "another provider", "disconnected"])
def test_a_session_ends_with_what_it_rests_on(client_of_ana, settings, server, change):
    if change == "no provider":
        settings.OIDC = None
    elif change == "another provider":
        settings.OIDC = server.add(lambda _: None).settings()
    else:
        OidcIdentity.objects.all().delete()

    assert not is_in(client_of_ana)


def test_a_form_of_an_ended_session_is_kept(client_of_ana, ana, provider):
    provider.disabled.add("s-ana")
    let_pass(14)
    text = {"text": "Called the customer.", "writer": sign_writer(ana)}
    organization("northwind")

    answer = client_of_ana.post("/orgs/northwind/notes/", text)

    assert answer.headers["Location"].startswith("/admin/login/")
    assert Draft.objects.get().user_id == ana.pk


def test_tokens_of_the_provider_are_encrypted(client_of_ana, provider):
    row = ProviderSession.objects.get()

    (token,) = provider.refresh_tokens
    assert token.encode() not in bytes(row.refresh_token)
    assert bytes(row.id_token)[:5] == b"gAAAA"


def test_rows_of_ended_sessions_are_removed(client_of_ana, settings, browser, sign_in):
    ProviderSession.objects.update(began_at=timezone.now() - timedelta(hours=13))

    sign_in(browser)

    assert ProviderSession.objects.count() == 1
