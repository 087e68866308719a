"""In the back office, those with the permission see whose tokens there are, and revoke them."""

import pytest
from django.contrib.auth.models import Permission, User

from customers.models import ApiToken, SecurityEvent
from tests.conftest import browser_of, make_staff
from tests.helpers.accounts.api_tokens import give_token

URL = "/admin/customers/apitoken/"


@pytest.fixture
def token(ana) -> ApiToken:
    give_token(ana, name="nightly report", addresses=["192.0.2.0/24"])
    return ApiToken.objects.get()


def browser_with(*permissions: str):
    user = make_staff("operator")
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return browser_of(user)


def revoke(client, token):
    return client.post(URL, {"action": "revoke_tokens", "_selected_action": token.pk}, follow=True)


def test_a_superuser_sees_and_revokes_them(token):
    root = browser_of(User.objects.create_superuser("root"))
    pages = [root.get(url).content.decode() for url in (URL, f"{URL}{token.pk}/change/")]

    assert all("nightly report" in page and "ana" in page for page in pages)
    assert "192.0.2.0/24" in pages[1]
    assert not any(token.digest in page for page in pages)

    assert "1 token revoked." in revoke(root, token).content.decode()
    event = SecurityEvent.objects.get(code="token.revoked")
    assert (event.username, event.by_name) == ("ana", "root")
    assert "0 tokens revoked." in revoke(root, token).content.decode()


def test_who_may_only_see_them_revokes_none(token):
    client = browser_with("view_apitoken")

    assert "nightly report" in client.get(URL).content.decode()
    revoke(client, token)

    token.refresh_from_db()
    assert token.revoked_at is None


def test_the_permission_to_revoke_is_enough_beside_it(token):
    revoke(browser_with("view_apitoken", "revoke_apitoken"), token)

    token.refresh_from_db()
    assert token.revoked_at


def test_nobody_creates_changes_or_deletes_one(token):
    root = browser_of(User.objects.create_superuser("root"))

    answers = [
        root.post(f"{URL}{path}", {"post": "yes", "name": "x"})
        for path in ("add/", f"{token.pk}/change/", f"{token.pk}/delete/")
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert ApiToken.objects.get().name == "nightly report"


def test_a_user_is_deleted_with_their_tokens(token, ana):
    root = browser_of(User.objects.create_superuser("root"))

    root.post(f"/admin/auth/user/{ana.pk}/delete/", {"post": "yes"})

    assert not User.objects.filter(pk=ana.pk).exists()
    assert not ApiToken.objects.exists()
