"""Wrong passwords are counted wherever they are typed, and lead to a pause."""

import threading

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from customers.models import FailedAttempts
from tests.conftest import browser_of, make_staff
from tests.helpers.accounts.attempts import PASSWORD, codes, try_to_sign_in
from tests.helpers.commands import run


@pytest.fixture(autouse=True)
def three_attempts(settings, db):
    settings.SIGN_IN_ATTEMPTS = 3


def end_pauses_by_time(settings):
    for row in FailedAttempts.objects.filter(began_at__isnull=False):
        row.began_at -= settings.SIGN_IN_PAUSE
        row.paused_until = row.paused_until and row.paused_until - settings.SIGN_IN_PAUSE
        row.save()


def test_sign_in_pauses_after_too_many_wrong_passwords_even_for_the_right_one(ana):
    for _ in range(3):
        try_to_sign_in("ana")

    answer = try_to_sign_in("ana", PASSWORD)

    assert answer.status_code == 429
    assert "Wait 15 minutes" in answer.content.decode()
    assert 800 < int(answer.headers["Retry-After"]) <= 900
    assert "sessionid" not in answer.cookies


def test_a_pause_ends(ana, settings):
    for _ in range(3):
        try_to_sign_in("ana")
    end_pauses_by_time(settings)

    assert try_to_sign_in("ana", PASSWORD).status_code == 302


def test_a_name_is_guarded_wherever_the_attempts_come_from(ana):
    for last in range(3):
        try_to_sign_in("ana", REMOTE_ADDR=f"192.0.2.{last}")

    assert try_to_sign_in("ana", PASSWORD, REMOTE_ADDR="192.0.2.9").status_code == 429


def test_an_address_that_tries_many_names_is_paused(ben):
    for number in range(30):
        try_to_sign_in(f"name {number}", REMOTE_ADDR="192.0.2.7")

    assert try_to_sign_in("ben", PASSWORD, REMOTE_ADDR="192.0.2.7").status_code == 429
    assert try_to_sign_in("ben", PASSWORD, REMOTE_ADDR="192.0.2.8").status_code == 302


def test_a_few_strangers_at_an_address_keep_nobody_out(ben):
    for number in range(20):
        try_to_sign_in(f"name {number}")

    assert try_to_sign_in("ben", PASSWORD).status_code == 302


def test_signing_in_oneself_gives_no_more_guesses_at_a_colleague(ana, ben):
    """Two wrong passwords for a colleague, then an own sign-in, repeatedly."""
    statuses = []
    for _ in range(4):
        statuses += [try_to_sign_in("ana").status_code for _ in range(2)]
        assert try_to_sign_in("ben", PASSWORD).status_code == 302

    assert statuses == [200, 200, 429, 429, 429, 429, 429, 429]


def test_signing_in_oneself_gives_no_more_guesses_at_an_address(ben):
    for number in range(30):
        try_to_sign_in(f"name {number}", REMOTE_ADDR="192.0.2.7")
        if number < 29:
            answer = try_to_sign_in("ben", PASSWORD, REMOTE_ADDR="192.0.2.7")
            assert answer.status_code == 302

    assert try_to_sign_in("the next name", REMOTE_ADDR="192.0.2.7").status_code == 429


def test_a_success_clears_the_name(ana):
    for _ in range(3):
        try_to_sign_in("ana")
        try_to_sign_in("ana")
        assert try_to_sign_in("ana", PASSWORD).status_code == 302


def test_neither_sign_out_nor_a_fresh_session_clears_anything(ana, ben):
    thief = Client()
    for name in ("ana", "ana"):
        thief.post("/admin/login/", {"username": name, "password": "wrong"})
    thief.post("/admin/login/", {"username": "ben", "password": PASSWORD})
    thief.post("/admin/logout/")
    thief.cookies.clear()
    thief.post("/admin/login/", {"username": "ana", "password": "wrong"})

    assert try_to_sign_in("ana", PASSWORD).status_code == 429


def test_a_right_password_of_somebody_who_may_not_sign_in_is_a_failure_like_others():
    User.objects.create_user("olga", password=PASSWORD)  # not staff

    statuses = [try_to_sign_in("olga", PASSWORD).status_code for _ in range(4)]

    assert statuses == [200, 200, 429, 429]


def test_spaces_and_forms_of_letters_are_the_same_name(ana):
    for name in ("ana", " ana ", "\uff41na"):
        try_to_sign_in(name)

    assert try_to_sign_in("ana", PASSWORD).status_code == 429


@pytest.mark.parametrize(
    "form", [{}, {"username": "ana"}, {"password": "x"}, {"username": "a\x00", "password": "x"}]
)
def test_a_form_that_is_not_filled_in_counts_as_no_attempt(form):
    assert Client().post("/admin/login/", form).status_code == 200

    assert not FailedAttempts.objects.exists()


def test_a_pause_is_recorded_once_and_what_is_tried_meanwhile_is_not(ana):
    for _ in range(6):
        try_to_sign_in("ana")

    assert codes() == ["signin.failed"] * 3 + ["signin.paused"]


@pytest.mark.django_db(transaction=True)
def test_guesses_at_once_are_no_more_than_the_limit():
    make_staff("ana")
    at_once = 8
    ready = threading.Barrier(at_once)
    statuses = []

    def guess():
        ready.wait(timeout=60)
        statuses.append(try_to_sign_in("ana").status_code)
        connection.close()

    threads = [threading.Thread(target=guess) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses) == [200] * 2 + [429] * (at_once - 2)


def change_password(client, old, new="Nine-2-$xyzzy-12"):
    form = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post("/admin/password_change/", form)


def test_the_old_password_is_not_guessed_for_ever(ana):
    client = browser_of(ana)

    statuses = [change_password(client, "wrong").status_code for _ in range(3)]

    assert statuses == [200, 200, 429]
    assert change_password(client, PASSWORD).status_code == 429
    assert codes() == ["password.refused"] * 3 + ["password.paused"]
    ana.refresh_from_db()
    assert ana.check_password(PASSWORD)


def test_guesses_at_the_old_password_do_not_keep_its_owner_from_signing_in(ana):
    for _ in range(4):
        change_password(browser_of(ana), "wrong")

    assert try_to_sign_in("ana", PASSWORD).status_code == 302
    assert change_password(browser_of(ana), PASSWORD).status_code == 429


def test_a_new_password_that_is_refused_is_no_guess_at_the_old_one(ana):
    client = browser_of(ana)

    statuses = [change_password(client, PASSWORD, "short").status_code for _ in range(5)]

    assert statuses == [200] * 5
    assert change_password(client, PASSWORD).status_code == 302


@pytest.mark.parametrize("arguments", [(), ("ana",)])
def test_the_command_ends_pauses(ana, arguments):
    for _ in range(3):
        try_to_sign_in("ana")

    ran = run("clear_sign_in_pauses", *arguments)

    assert (ran.code, ran.out) == (0, "Ended 1 pauses.\n")
    assert try_to_sign_in("ana", PASSWORD).status_code == 302


def test_the_command_ends_the_pauses_of_one_alone(ana, ben):
    for name in ("ana", "ben") * 3:
        try_to_sign_in(name)

    run("clear_sign_in_pauses", "ana")

    assert try_to_sign_in("ana", PASSWORD).status_code == 302
    assert try_to_sign_in("ben", PASSWORD).status_code == 429


def test_the_command_knows_who_there_is(db):
    assert run("clear_sign_in_pauses", "nobody").code == 1
