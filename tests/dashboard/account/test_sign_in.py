"""Sign-in does not reveal who exists; sessions end; large requests are refused."""

import re
import time

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.conftest import browser_of, make_staff

PASSWORD = "a password of the tests"


@pytest.fixture(autouse=True)
def three_attempts(settings, db):
    settings.SIGN_IN_ATTEMPTS = 3


def try_to_sign_in(name, password, **address):
    return Client().post("/admin/login/", {"username": name, "password": password}, **address)


def test_the_right_password_signs_in(ana):
    answer = try_to_sign_in("ana", PASSWORD)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_the_answers_do_not_tell_whether_a_name_exists(ana):
    User.objects.create_user("olga", password=PASSWORD)  # not staff
    User.objects.create_user("iris", password=PASSWORD, is_staff=True, is_active=False)
    seen: dict[str, list] = {name: [] for name in ("ana", "none", "olga", "iris")}

    for name, answers in seen.items():
        for attempt in range(5):
            address = f"192.0.{len(name)}.{attempt}"
            password = PASSWORD if name in {"olga", "iris"} and attempt == 0 else "wrong"
            answer = try_to_sign_in(name, password, REMOTE_ADDR=address)
            answers.append((answer.status_code, told(answer)))

    assert seen["ana"] == seen["none"]
    assert [status for status, _ in seen["ana"]] == [200, 200, 429, 429, 429]
    assert seen["olga"][0] == seen["iris"][0] == seen["none"][0]


def test_an_unknown_name_costs_as_many_hashes_as_a_known_one(ana, monkeypatch):
    hashed = []
    monkeypatch.setattr(
        "django.contrib.auth.hashers.MD5PasswordHasher.encode",
        lambda self, password, salt: hashed.append(salt) or f"md5${salt}$0",
    )

    try_to_sign_in("ana", "wrong")
    known = len(hashed)
    try_to_sign_in("nobody", "wrong")

    assert known == len(hashed) - known == 1


@pytest.mark.parametrize(
    ("minutes_unused", "hours_old", "is_open"), [(59, 11, True), (61, 2, False), (1, 13, False)]
)
def test_a_session_ends_unused_or_old(ana, minutes_unused, hours_old, is_open):
    client = browser_of(ana)
    assert client.get("/credentials/").status_code == 200
    session = client.session
    session["used_at"] = time.time() - minutes_unused * 60
    session["began_at"] = time.time() - hours_old * 3600
    session.save()

    answer = client.get("/credentials/")

    assert answer.status_code == (200 if is_open else 302)


def test_a_page_in_use_keeps_its_session_but_does_not_write_it_each_time(ana):
    client = browser_of(ana)
    client.get("/credentials/")
    first = client.session["used_at"]
    client.get("/credentials/")

    assert client.session["used_at"] == first


def test_a_short_password_is_refused_in_the_back_office(db):
    root = browser_of(User.objects.create_superuser("root"))
    ana = make_staff("ana")

    answer = root.post(
        f"/admin/auth/user/{ana.pk}/password/", {"password1": "Nine-2-$x", "password2": "Nine-2-$x"}
    )

    assert "at least 12 characters" in answer.content.decode()


def test_what_is_too_large_is_refused_before_it_is_read(ana, settings):
    settings.MAX_UPLOAD_MB = 1
    body = b"x" * (1024 * 1024 + 1)

    answer = browser_of(ana).post("/credentials/paste/", body, content_type="text/plain")

    assert answer.status_code == 413
    assert "1 MB" in answer.content.decode()


def test_what_is_too_large_is_refused_in_the_language_of_the_browser(ana, settings):
    settings.MAX_UPLOAD_MB = 0
    german = {"Accept-Language": "de"}

    answer = browser_of(ana).post("/purpose/", {"purpose": "x"}, headers=german)

    assert answer.status_code == 413
    assert "<h1>Zu groß</h1>" in answer.content.decode()


def told(answer):
    """The answer without the form's token and the typed name."""
    return re.sub(r'value="\w+"', "", answer.content.decode())
