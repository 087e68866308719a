"""Wrong codes: counted by session and by user, and many at once too."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from customers.models import FailedAttempts, SecurityEvent
from tests.conftest import browser_of
from tests.helpers.accounts.codes import (
    WRONG,
    enter,
    is_in,
    set_up,
    set_up_in,
    signed_in_by_password,
)
from tests.helpers.accounts.wrong_codes import use_up_the_hour, wrong_codes
from tests.helpers.commands import run


def an_hour_later():
    for row in FailedAttempts.objects.all():
        row.began_at -= timedelta(minutes=61)
        if row.paused_until:
            row.paused_until -= timedelta(minutes=61)
        row.save()


def test_a_session_has_five_wrong_codes(authenticator):
    client = signed_in_by_password()
    answers = wrong_codes(client, 5)

    answer = enter(client, authenticator.code())

    assert [a.status_code for a in answers] == [200, 200, 200, 200, 429]
    assert answer.status_code == 429
    assert not is_in(client)


def test_four_wrong_codes_are_forgiven(authenticator):
    client = signed_in_by_password()
    wrong_codes(client, 4)

    enter(client, authenticator.code())

    assert is_in(client)


def test_the_page_says_that_it_is_a_pause_and_until_when(authenticator):
    client = signed_in_by_password()

    page = wrong_codes(client, 5)[-1]

    until = timezone.localtime(timezone.now() + timedelta(hours=1))
    text = page.content.decode()
    assert "Too many wrong passwords or codes. Wait" in text
    assert f"{until:%H:%M}" in text or f"{until - timedelta(minutes=1):%H:%M}" in text
    assert 3590 <= int(page.headers["Retry-After"]) <= 3600


def test_a_pause_of_codes_ends_after_an_hour(authenticator):
    client = signed_in_by_password()
    wrong_codes(client, 5)
    an_hour_later()

    enter(client, authenticator.code())

    assert is_in(client)


def test_another_sign_in_has_five_more(authenticator):
    wrong_codes(signed_in_by_password(), 5)
    client = signed_in_by_password()

    enter(client, authenticator.code())

    assert is_in(client)


def test_all_sign_ins_together_have_twenty_an_hour(authenticator):
    use_up_the_hour()
    client = signed_in_by_password()

    answer = enter(client, authenticator.code())

    assert answer.status_code == 429
    assert not is_in(client)


def test_nineteen_wrong_codes_leave_one_more(authenticator):
    for count in (5, 5, 5, 4):
        wrong_codes(signed_in_by_password(), count)
    client = signed_in_by_password()

    enter(client, authenticator.code())

    assert is_in(client)


def test_a_right_code_does_not_forgive_what_others_typed(authenticator):
    for count in (5, 5, 5, 4):
        wrong_codes(signed_in_by_password(), count)
    enter(signed_in_by_password(), authenticator.code())

    answers = wrong_codes(signed_in_by_password(), 1)

    assert answers[0].status_code == 429


def test_codes_to_remove_the_factor_are_counted_too(authenticator):
    client = signed_in_by_password()
    enter(client, authenticator.code())

    answers = [client.post("/second-factor/remove/", {"code": WRONG}) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429, 429]


def test_recovery_codes_are_counted_too(ana):
    _, codes = set_up_in(browser_of(ana))
    client = signed_in_by_password()
    for _ in range(5):
        enter(client, "abcd-efgh-ijkl-mnop")

    answer = enter(client, codes[0])

    assert answer.status_code == 429


def test_wrong_codes_and_their_pause_are_recorded(authenticator):
    wrong_codes(signed_in_by_password(), 6)

    codes = list(SecurityEvent.objects.values_list("code", flat=True))

    assert codes.count("factor.failed") == 5
    assert codes.count("factor.paused") == 1


def test_the_command_ends_the_pause(authenticator):
    use_up_the_hour()

    run("clear_sign_in_pauses", "ana")

    client = signed_in_by_password()
    enter(client, authenticator.code())
    assert is_in(client)


def at_once(calls):
    """Run each in a thread, started together."""
    start = Barrier(len(calls))

    def run_one(call):
        start.wait(30)
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return [future.result() for future in [threads.submit(run_one, call) for call in calls]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["authenticator", "recovery"])
def test_a_code_that_is_entered_by_many_at_once_lets_one_in(ana, kind):
    authenticator, codes = set_up_in(browser_of(ana))
    code = authenticator.code() if kind == "authenticator" else codes[0]
    clients = [signed_in_by_password() for _ in range(8)]

    at_once([lambda client=client: enter(client, code) for client in clients])

    assert sum(is_in(client) for client in clients) == 1


@pytest.mark.django_db(transaction=True)
def test_many_wrong_codes_at_once_are_five_all_the_same(ana):
    set_up(ana)
    client = signed_in_by_password()
    copies = [Client() for _ in range(12)]
    for copy in copies:
        copy.cookies["sessionid"] = client.cookies["sessionid"].value

    answers = at_once([lambda copy=copy: enter(copy, WRONG) for copy in copies])

    assert SecurityEvent.objects.filter(code="factor.failed").count() == 5
    assert sum(answer.status_code == 429 for answer in answers) == 8
