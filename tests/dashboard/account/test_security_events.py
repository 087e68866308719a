"""Account events are recorded, and deleted when they are old."""

import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from customers.models import SecurityEvent
from customers.services.accounts.security_events import record_event
from customers.services.credentials import store as credentials
from customers.services.credentials.sessions import renew
from tests.conftest import browser_of
from tests.helpers.accounts.codes import set_up
from tests.helpers.accounts.events import NEW_PASSWORD, PASSWORD, events, sign_in
from tests.helpers.commands import run

Code = SecurityEvent.Code


@pytest.fixture
def root(db):
    return User.objects.create_superuser("root", password=PASSWORD)


def test_signing_in_and_out_is_recorded_with_where_and_what_with(ana):
    firefox = "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/130.0"
    client = Client(REMOTE_ADDR="192.0.2.7", HTTP_USER_AGENT=firefox)

    answer = client.post("/admin/login/", {"username": "ana", "password": PASSWORD})
    client.post("/admin/logout/")

    assert events() == [("signin.succeeded", "ana", ""), ("signout", "ana", "")]
    for event in SecurityEvent.objects.all():
        assert (event.ip_address, event.browser) == ("192.0.2.7", "Firefox, Windows")
    assert SecurityEvent.objects.last().request_id == answer.headers["X-Request-ID"]


def test_a_sign_in_that_waits_for_a_code_is_not_yet_one(ana):
    authenticator = set_up(ana)

    client = sign_in()
    assert events() == [("signin.code_asked", "ana", "")]
    client.post("/second-factor/code/", {"code": authenticator.code()})

    assert events()[-1] == ("signin.succeeded", "ana", "")


def test_a_session_that_ends_by_itself_is_recorded(ana):
    client = browser_of(ana)
    client.get("/credentials/")
    session = client.session
    session["used_at"] = time.time() - 3601
    session.save()

    client.get("/credentials/")

    assert events() == [("session.ended", "ana", "")]


def test_somebody_who_is_not_signed_in_signs_out_without_a_record(db):
    Client().post("/admin/logout/")

    assert events() == []


def test_a_new_password_of_ones_own_is_recorded(ana):
    form = {"old_password": PASSWORD, "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}

    browser_of(ana).post("/admin/password_change/", form)

    assert events() == [("password.changed", "ana", "")]


def test_a_password_that_a_superuser_sets_or_takes_away_is_recorded_with_their_name(ana, root):
    browser, url = browser_of(root), f"/admin/auth/user/{ana.pk}/password/"

    form = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD, "usable_password": "true"}
    browser.post(url, form)
    browser.post(url, {"usable_password": "false", "unset-password": "1"})

    assert events() == [("password.changed", "ana", "root")] * 2


def test_a_password_that_a_command_sets_is_recorded(ana, monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda *args, **kwargs: NEW_PASSWORD)

    call_command("changepassword", "ana", verbosity=0)

    assert events() == [("password.changed", "ana", "")]


def test_a_hash_that_is_brought_up_to_date_is_no_new_password(ana, settings):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]

    sign_in()

    ana.refresh_from_db()
    assert ana.password.startswith("pbkdf2")
    assert events() == [("signin.succeeded", "ana", "")]


def test_credentials_that_are_stored_replaced_and_deleted_are_recorded(ana, sandbox):
    name, password = "ana", sandbox.users()["ana"]["password"]
    credentials.forget(ana)
    for _ in range(2):
        credentials.sign_in(ana, name, password, sandbox.api_key, keep=False)

    credentials.forget(ana)

    codes = [code for code, _, _ in events()]
    assert codes == ["credentials.stored", "credentials.replaced", "credentials.deleted"]


def test_a_renewal_is_not_recorded_as_new_credentials(ana, sandbox):
    password = sandbox.users()["ana"]["password"]
    credentials.sign_in(ana, "ana", password, sandbox.api_key, keep=True)
    before = events()

    renew(credentials.open_credentials(ana.pk))

    assert events() == before


def test_a_second_factor_that_a_superuser_removes_is_recorded(ana, ben, root):
    set_up(ana)
    form = {"action": "remove_second_factors", "_selected_action": [ana.pk, ben.pk]}

    browser_of(root).post("/admin/auth/user/", form)

    assert events() == [("factor.removed", "ana", "root")]


def test_a_password_without_the_code_makes_no_browser_known(ana):
    set_up(ana)

    assert "known_browser" not in sign_in().cookies


def test_old_events_are_pruned_and_younger_ones_stay(ana, settings):
    settings.SECURITY_EVENT_RETENTION = timedelta(days=400)
    for days in (399, 401, 900):
        event = record_event(Code.SIGNED_IN, user=ana)
        event.happened_at = timezone.now() - timedelta(days=days)
        event.save()

    assert "2 security events would be removed" in run("prune_history", "--dry-run").out
    assert "2 security events removed" in run("prune_history").out

    left = SecurityEvent.objects.exclude(code=Code.LOGS_PRUNED).get()
    assert left.happened_at > timezone.now() - timedelta(days=400)


def test_pruning_forgets_what_failed_long_ago_and_ends_no_pause(ana, settings):
    settings.SIGN_IN_ATTEMPTS = 3
    for _ in range(3):
        sign_in(password="wrong")

    run("prune_history")

    answer = Client().post("/admin/login/", {"username": "ana", "password": PASSWORD})
    assert answer.status_code == 429
