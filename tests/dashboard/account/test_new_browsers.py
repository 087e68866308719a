"""Sign-ins from new browsers are mailed, without delaying anyone."""

import smtplib
import threading
import time
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client

from customers.models import SecurityEvent
from customers.services.accounts.language_and_zone import choose_language_and_zone
from tests.helpers.accounts.events import sign_in


@pytest.fixture
def anas_mail(ana):
    User.objects.filter(pk=ana.pk).update(email="ana@desk.example")
    sign_in()  # creates the cookie
    mail.outbox.clear()
    return "ana@desk.example"


@pytest.fixture
def mails(django_capture_on_commit_callbacks):
    """Mails sent for an action, after waiting for the background thread."""

    def sent_for(action, expected=1):
        with django_capture_on_commit_callbacks(execute=True):
            result = action()
        deadline = time.monotonic() + 20
        while len(mail.outbox) < expected and time.monotonic() < deadline:
            time.sleep(0.01)
        return result

    return sent_for


def test_the_first_sign_in_ever_sends_no_mail(ana, django_capture_on_commit_callbacks):
    User.objects.filter(pk=ana.pk).update(email="ana@desk.example", last_login=None)

    with django_capture_on_commit_callbacks() as callbacks:
        sign_in()

    assert callbacks == []
    assert SecurityEvent.objects.get().meaning == "Signed in"


def test_a_sign_in_with_a_new_browser_is_mailed(anas_mail, mails, settings):
    settings.PORTAL_URL = "https://portal.example.com"
    edge = "Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Edg/130.0"

    mails(lambda: sign_in(REMOTE_ADDR="192.0.2.9", HTTP_USER_AGENT=edge))

    (message,) = mail.outbox
    assert message.to == [anas_mail]
    assert message.subject == "Billing portal: Signed in from a new browser"
    for told in ("ana", "192.0.2.9", "Edge, Windows", "https://portal.example.com/sign-ins/"):
        assert told in message.body
    assert SecurityEvent.objects.first().meaning == "Signed in from a new browser"


def test_a_known_browser_sends_no_mail(anas_mail, mails, django_capture_on_commit_callbacks):
    client = mails(sign_in)
    client.post("/admin/logout/")

    with django_capture_on_commit_callbacks() as callbacks:
        sign_in(client)

    assert callbacks == []
    cookie = client.cookies["known_browser"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert int(cookie["max-age"]) == timedelta(days=400).total_seconds()


def test_a_browser_is_known_to_each_of_its_users_apart(anas_mail, ben, mails):
    client = Client()
    sign_in(client, "ben")
    client.post("/admin/logout/")

    mails(lambda: sign_in(client, "ana"))

    assert len(mail.outbox) == 1
    client.post("/admin/logout/")
    sign_in(client, "ben")
    assert "new_browser" not in SecurityEvent.objects.first().detail


@pytest.mark.parametrize("forged", ["1", "1:1vAAAA:forged", "", "\x00"])
def test_a_cookie_that_is_not_ours_makes_no_browser_known(ana, anas_mail, mails, forged):
    # As a header, since newer versions of http.cookies refuse to write such cookies.
    client = Client(headers={"Cookie": f"known_browser={forged}"})

    mails(lambda: sign_in(client))

    assert len(mail.outbox) == 1


def test_the_mail_is_in_the_language_of_the_page(anas_mail, mails):
    mails(lambda: sign_in(headers={"Accept-Language": "de"}))

    assert mail.outbox[0].subject == "Abrechnungsportal: Anmeldung mit einem neuen Browser"


def test_a_user_without_an_address_gets_no_mail(ana, django_capture_on_commit_callbacks):
    sign_in()
    with django_capture_on_commit_callbacks() as callbacks:
        sign_in()

    assert callbacks == []


class Broken(BaseEmailBackend):
    tried = threading.Event()

    def send_messages(self, email_messages):
        Broken.tried.set()
        raise smtplib.SMTPServerDisconnected("gone")


class Stuck(BaseEmailBackend):
    goes_on = threading.Event()
    threads: set[threading.Thread] = set()

    def send_messages(self, email_messages):
        Stuck.threads.add(threading.current_thread())
        if threading.current_thread() is not threading.main_thread():
            Stuck.goes_on.wait(timeout=60)
        return 0


def test_a_mail_that_fails_fails_nothing_else_and_is_logged(anas_mail, mails, settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"

    client = mails(sign_in, expected=0)

    assert client.get("/credentials/").status_code == 200
    assert Broken.tried.wait(timeout=20)
    deadline = time.monotonic() + 20
    while "could not be sent" not in caplog.text and time.monotonic() < deadline:
        time.sleep(0.01)
    assert "signin.succeeded could not be sent: SMTPServerDisconnected" in caplog.text
    assert anas_mail not in caplog.text


def test_a_mail_server_that_hangs_delays_nobody_and_what_waits_is_bounded(
    anas_mail, mails, settings, caplog
):
    settings.EMAIL_BACKEND = f"{__name__}.Stuck"
    try:
        for _ in range(105):
            mails(sign_in, expected=0)  # each returns while the first mail is still being sent
    finally:
        Stuck.goes_on.set()

    assert threading.main_thread() not in Stuck.threads
    assert SecurityEvent.objects.filter(code="signin.succeeded").count() == 106
    assert caplog.text.count("was dropped") == 5


def test_the_mail_is_in_the_users_own_language_and_time_zone(anas_mail, mails, ana):
    choose_language_and_zone(ana, language="de", time_zone="Asia/Tokyo")

    mails(lambda: sign_in(HTTP_ACCEPT_LANGUAGE="en"))

    (sent,) = mail.outbox
    at = SecurityEvent.objects.filter(code=SecurityEvent.Code.SIGNED_IN).first().happened_at
    assert "Konto: ana" in sent.body
    assert f"{at.astimezone(ZoneInfo('Asia/Tokyo')):%H:%M}" in sent.body
