"""Typed Catalyze names, passwords and tokens are counted like sign-ins."""

import pytest

from customers.models import Credentials, FailedAttempts, SecurityEvent
from tests.conftest import browser_of, make_staff
from tests.helpers.accounts.attempts import PASSWORD, codes, try_to_sign_in


@pytest.fixture(autouse=True)
def three_attempts(settings, db):
    settings.SIGN_IN_ATTEMPTS = 3


@pytest.fixture
def catalyze(sandbox):
    """Sign in with Catalyze in a browser."""

    def sign_in(client, name="ana", password="wrong"):
        form = {"username": name, "password": password, "api_key": sandbox.api_key}
        filled = {f"sign_in-{field}": value for field, value in form.items()}
        return client.post("/credentials/sign-in/", filled)

    sign_in.password_of = lambda name: sandbox.users()[name]["password"]
    return sign_in


def test_a_catalyze_password_is_not_guessed_for_ever(ana, catalyze):
    client = browser_of(ana)
    statuses = [catalyze(client).status_code for _ in range(3)]

    answer = catalyze(client, "ana", catalyze.password_of("ana"))

    assert statuses == [200, 200, 429]
    assert answer.status_code == 429
    assert not Credentials.objects.exists()
    assert codes() == ["credentials.refused"] * 3 + ["credentials.paused"]


def test_a_user_is_paused_whichever_catalyze_names_they_try(ana, ben, catalyze):
    for number in range(3):
        catalyze(browser_of(ana), f"name {number}")

    assert catalyze(browser_of(ana), "another").status_code == 429
    assert catalyze(browser_of(ben), "another").status_code == 200


def test_a_catalyze_name_is_paused_whoever_tries_it(ana, ben, catalyze):
    tries = zip((ana, ben, make_staff("cy")), ("root", "ROOT", "Root"), strict=True)
    for user, name in tries:
        catalyze(browser_of(user), name)

    assert catalyze(browser_of(make_staff("di")), "root").status_code == 429


def test_an_own_sign_in_with_catalyze_gives_no_more_guesses(ana, catalyze):
    client = browser_of(ana)
    for number in range(2):
        catalyze(client, f"name {number}")
    assert catalyze(client, "ana", catalyze.password_of("ana")).status_code == 302
    catalyze(client, "name 2")

    assert catalyze(client, "name 3").status_code == 429


def test_guesses_at_catalyze_count_at_the_address_of_sign_ins(ana, catalyze, settings):
    FailedAttempts.objects.all().delete()
    catalyze(browser_of(ana))

    for number in range(29):
        try_to_sign_in(f"name {number}")

    assert try_to_sign_in("ana", PASSWORD).status_code == 429


def test_a_typed_catalyze_name_is_kept_as_a_hash_alone(ana, catalyze, caplog):
    catalyze(browser_of(ana), "hunter2-at-catalyze")

    stored = list(SecurityEvent.objects.values())
    assert "hunter2" not in f"{stored} {caplog.text}"
    assert stored[-1]["name_hash"]


def test_no_answer_of_catalyze_is_no_wrong_password(ana, settings):
    settings.CATALYZE_BASE_URL = "http://127.0.0.1:9"
    form = {"username": "ana", "password": "x", "api_key": "browser tests.invalid 0123456789abcdef"}
    filled = {f"sign_in-{field}": value for field, value in form.items()}
    client = browser_of(ana)

    statuses = [client.post("/credentials/sign-in/", filled).status_code for _ in range(5)]

    assert statuses == [200] * 5


def test_pasted_tokens_are_not_guessed_for_ever(ana, sandbox):
    client = browser_of(ana)
    form = {"paste-api_key": sandbox.api_key, "paste-session_token": "not a token of anybody"}

    statuses = [client.post("/credentials/paste/", form).status_code for _ in range(4)]

    assert statuses == [200, 200, 429, 429]
