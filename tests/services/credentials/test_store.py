"""Credentials: saved, tested, deleted; a refusal keeps the stored ones."""

import pytest
import requests
from cryptography.fernet import Fernet

from customers.models import Access, Credentials, LastViewed, SecurityEvent
from customers.services.credentials import store as credentials
from customers.services.credentials.store import CredentialsUnusable, open_credentials
from customers.upstream.errors import AccessDenied, BadSecret, NoAnswer, SessionExpired
from customers.upstream.message import Message
from tests.helpers.rows import API_KEY, give_credentials, look, show


def verified_status(sandbox, token):
    headers = {"X-Api-Key": sandbox.api_key, "Authorization": f"Bearer {token}"}
    url = f"{sandbox.url}/v2/auth/verify"
    return requests.get(url, headers=headers, timeout=10).status_code


def password_of(sandbox, name):
    return sandbox.users()[name]["password"]


def events_of(user):
    return SecurityEvent.objects.filter(user=user).order_by("pk")


def test_without_credentials_there_is_nothing_to_open(ana):
    with pytest.raises(CredentialsUnusable, match="no_credentials"):
        open_credentials(ana.pk)


def test_credentials_under_a_lost_key_say_what_to_do(ana, anas, settings):
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(CredentialsUnusable, match="no_key_opens"):
        open_credentials(ana.pk)


def test_a_blob_copied_from_another_user_does_not_open(ana, anas, ben, bens):
    stolen = Credentials.objects.get(user=ana).sealed
    Credentials.objects.filter(user=ben).update(sealed=stolen)

    with pytest.raises(CredentialsUnusable):
        open_credentials(ben.pk)


def test_the_row_does_not_hold_the_secrets_in_any_column(ana):
    credentials.save_pasted(ana, API_KEY, "the session token")

    row = Credentials.objects.values().get()
    row["sealed"] = bytes(row["sealed"])

    assert "the session token" not in str(row)
    assert API_KEY not in str(row)


def test_opened_credentials_hide_the_secrets_in_their_repr(anas):
    assert API_KEY not in repr(anas)
    assert "a token of the tests" not in repr(anas)


@pytest.mark.parametrize(
    ("key", "token"), [("", "token"), ("key", ""), ("key", "to\nken"), ("kéy", "token")]
)
def test_what_cannot_be_sent_is_not_saved(ana, anas, sandbox, key, token):
    with pytest.raises(BadSecret):
        credentials.paste(ana, key, token)

    assert open_credentials(ana.pk) == anas


def test_a_pasted_session_that_is_refused_keeps_the_old(ana, anas, sandbox):
    with pytest.raises(SessionExpired):
        credentials.paste(ana, sandbox.api_key, "not a token")

    assert open_credentials(ana.pk) == anas


def test_a_session_pasted_while_the_upstream_is_down_is_stored_as_unchecked(ana, anas, sandbox):
    sandbox.set_fault("503", route="verify")

    row = credentials.paste(ana, sandbox.api_key, "a new token")

    assert (row.state, row.proved_at) == ("unchecked", None)
    assert row.last_error == Message.of("not_available", status=503)
    assert open_credentials(ana.pk).secrets.session_token == "a new token"


def test_a_pasted_session_that_works_is_active(ana, sandbox):
    token = sandbox.sign_in("ana")

    row = credentials.paste(ana, f" {sandbox.api_key}\n", f"Bearer {token} ")

    assert (row.state, row.last_error_code) == ("active", "")
    assert row.users_id == sandbox.users()["ana"]["usersId"]
    assert open_credentials(ana.pk).secrets.session_token == token


def test_a_wrong_password_keeps_the_old(ana, anas, sandbox):
    with pytest.raises(AccessDenied):
        credentials.sign_in(ana, "ana", "wrong", sandbox.api_key, keep=True)

    assert open_credentials(ana.pk) == anas
    assert sandbox.counts()["calls"] == {"signin": {"401": 1}}


def test_signing_in_while_the_upstream_is_down_keeps_the_old(ana, anas, sandbox):
    sandbox.set_fault("503", route="signin")

    with pytest.raises(NoAnswer):
        credentials.sign_in(ana, "ana", password_of(sandbox, "ana"), sandbox.api_key, keep=True)

    assert open_credentials(ana.pk) == anas
    assert sandbox.counts()["calls"] == {"signin": {"503": 1}}


def test_signing_in_without_any_api_key_says_so(ana, sandbox):
    with pytest.raises(BadSecret, match="api_key_empty"):
        credentials.sign_in(ana, "ana", password_of(sandbox, "ana"), "", keep=False)


def test_signing_in_stores_a_session_and_no_password(ana, sandbox):
    row = credentials.sign_in(ana, "ana", password_of(sandbox, "ana"), sandbox.api_key, keep=False)

    secrets = open_credentials(ana.pk).secrets
    assert (row.state, row.renews_itself) == ("active", False)
    assert row.users_id == sandbox.users()["ana"]["usersId"]
    assert (secrets.username, secrets.password) == ("", "")
    assert verified_status(sandbox, secrets.session_token) == 200


def test_signing_in_and_opting_in_stores_the_password_too(ana, sandbox):
    password = password_of(sandbox, "ana")

    row = credentials.sign_in(ana, "ana", password, sandbox.api_key, keep=True)

    secrets = open_credentials(ana.pk).secrets
    assert row.renews_itself
    assert (secrets.username, secrets.password) == ("ana", password)


def test_signing_in_without_opting_in_again_forgets_the_password(ana, sandbox):
    password = password_of(sandbox, "ana")
    credentials.sign_in(ana, "ana", password, sandbox.api_key, keep=True)

    row = credentials.sign_in(ana, "ana", password, "", keep=False)

    assert not row.renews_itself
    assert open_credentials(ana.pk).secrets.password == ""


def test_an_expiry_of_an_older_version_leaves_a_newer_one_alone(ana, anas):
    newer = give_credentials(ana, "a newer token")

    credentials.note_expired(anas, Message("session_ended"))

    assert Credentials.objects.get(user=ana).state == "active"
    assert open_credentials(ana.pk) == newer


def test_an_expiry_does_not_hide_that_a_password_was_refused(ana, anas):
    Credentials.objects.update(state=Credentials.State.REFUSED)

    credentials.note_expired(anas, Message("session_ended"))

    assert Credentials.objects.get().state == "refused"


def test_a_success_of_an_older_version_does_not_revive_a_newer_one(ana, anas):
    newer = give_credentials(ana, "a newer token")
    credentials.note_expired(newer, Message("session_ended"))

    credentials.note_working(anas)

    assert Credentials.objects.get(user=ana).state == "expired"


def test_forgetting_deletes_what_is_stored_and_signs_out_upstream(signed_in_ana, sandbox):
    token = open_credentials(signed_in_ana.pk).secrets.session_token
    look(signed_in_ana, show(signed_in_ana, "northwind").organization, 5)

    trouble = credentials.forget(signed_in_ana)

    assert not trouble
    assert not Credentials.objects.exists()
    assert not Access.objects.exists()
    assert not LastViewed.objects.exists()
    assert [said.code for said in events_of(signed_in_ana)] == [
        "credentials.stored",
        "credentials.deleted",
    ]
    assert verified_status(sandbox, token) == 401


def test_forgetting_leaves_other_users_alone(signed_in_ana, signed_in_ben, sandbox):
    look(signed_in_ben, show(signed_in_ben, "northwind").organization, 5)

    credentials.forget(signed_in_ana)
    credentials.forget(signed_in_ana)

    assert Credentials.objects.get().user == signed_in_ben
    assert Access.objects.get().user == signed_in_ben
    assert LastViewed.objects.get().user == signed_in_ben
    assert [said.code for said in events_of(signed_in_ben)] == ["credentials.stored"]
    assert len(events_of(signed_in_ana)) == 2
    token = open_credentials(signed_in_ben.pk).secrets.session_token
    assert verified_status(sandbox, token) == 200


def test_forgetting_while_the_upstream_is_down_still_deletes_and_says_what_stays(
    signed_in_ana, sandbox
):
    sandbox.set_fault("503", route="signout")

    trouble = credentials.forget(signed_in_ana)

    assert trouble == Message.of("not_available", status=503)
    assert not Credentials.objects.exists()


@pytest.mark.parametrize("has_ended", [True, False])
def test_forgetting_an_ended_session_or_none_is_no_trouble(signed_in_ana, sandbox, has_ended):
    sandbox.expire_sessions()
    if not has_ended:
        Credentials.objects.all().delete()

    assert not credentials.forget(signed_in_ana)
    assert not Credentials.objects.exists()


def test_forgetting_what_no_key_opens_still_deletes(ana, anas, settings, sandbox):
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]

    assert not credentials.forget(ana)
    assert not Credentials.objects.exists()
