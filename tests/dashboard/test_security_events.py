"""What happens to accounts is recorded, shown to its user and to superusers, and mailed."""

import re
import smtplib
import threading
import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from customers.models import SecurityEvent
from customers.services import credentials
from customers.services.security_events import record_event
from customers.services.sessions import renew
from tests.commands.running import run
from tests.conftest import browser_of, make_staff
from tests.dashboard.codes import set_up

PASSWORD = "a password of the tests"
NEW_PASSWORD = "Nine-2-$xyzzy-12"
Code = SecurityEvent.Code


@pytest.fixture
def root(db):
    return User.objects.create_superuser("root", password=PASSWORD)


def sign_in(client=None, name="ana", password=PASSWORD, **headers):
    client = client or Client()
    client.post("/admin/login/", {"username": name, "password": password}, **headers)
    return client


def events(user=None):
    """Each with its code, whose it is, and by whom."""
    found = SecurityEvent.objects.order_by("pk")
    if user:
        found = found.filter(user_id=user.pk)
    return [(event.code, event.username, event.by_name) for event in found]


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


def user_form(user, **changes):
    form = {
        "username": user.username,
        "is_active": "on" if user.is_active else "",
        "is_staff": "on" if user.is_staff else "",
        "is_superuser": "on" if user.is_superuser else "",
        "groups": [group.pk for group in user.groups.all()],
        "user_permissions": [],
        "date_joined_0": "2026-01-01",
        "date_joined_1": "00:00:00",
    }
    return {name: value for name, value in (form | changes).items() if value != ""}


def test_permissions_that_the_back_office_gives_and_takes_are_recorded(ana, root):
    permission = Permission.objects.get(codename="view_credentials")
    url = f"/admin/auth/user/{ana.pk}/change/"

    given = user_form(ana, is_superuser="on", user_permissions=[permission.pk])
    assert browser_of(root).post(url, given).status_code == 302
    taken = user_form(ana, is_staff="", groups=[])
    assert browser_of(root).post(url, taken).status_code == 302

    details = SecurityEvent.objects.order_by("pk").values_list("detail", flat=True)
    assert list(details) == [
        {"added": ["is_superuser"], "removed": []},
        {"added": ["customers.view_credentials"], "removed": []},
        {"added": [], "removed": ["is_staff", "is_superuser"]},
        {"added": [], "removed": ["customers.view_credentials", "group Support"]},
    ]
    assert set(events()) == {("permissions.changed", "ana", "root")}


def test_a_form_that_changes_no_permission_records_nothing(ana, root):
    url = f"/admin/auth/user/{ana.pk}/change/"

    browser_of(root).post(url, user_form(ana, first_name="Ana"))

    ana.refresh_from_db()
    assert ana.first_name == "Ana"
    assert events() == []


def test_a_new_user_and_one_that_is_deleted_are_recorded(root):
    form = {"username": "cy", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    browser = browser_of(root)
    browser.post("/admin/auth/user/add/", form | {"usable_password": "true"})
    made = User.objects.get(username="cy")
    assert ("permissions.changed", "cy", "root") in events(made)
    SecurityEvent.objects.all().delete()

    browser.post(f"/admin/auth/user/{made.pk}/delete/", {"post": "yes"})

    assert events() == [("permissions.changed", "cy", "root")]
    assert SecurityEvent.objects.get().detail["removed"] == ["is_active"]


def test_users_that_are_deleted_together_are_recorded_each(ana, ben, root):
    form = {"action": "delete_selected", "_selected_action": [ana.pk, ben.pk], "post": "yes"}

    browser_of(root).post("/admin/auth/user/", form)

    assert not User.objects.filter(username__in=["ana", "ben"]).exists()
    assert {name for _, name, _ in events()} == {"ana", "ben"}


def test_permissions_of_a_group_are_recorded(ana, root):
    group = Group.objects.get(name="Support")
    before = set(group.permissions.values_list("codename", flat=True))
    permission = Permission.objects.get(codename="view_customer")
    form = {"name": "Support", "permissions": [permission.pk]}

    browser = browser_of(root)
    browser.post(f"/admin/auth/group/{group.pk}/change/", form)
    browser.post(f"/admin/auth/group/{group.pk}/delete/", {"post": "yes"})

    changed, deleted = SecurityEvent.objects.order_by("pk")
    assert changed.detail["group"] == deleted.detail["group"] == "Support"
    assert len(changed.detail["removed"]) == len(before) - 1
    assert deleted.detail["removed"] == ["customers.view_customer"]
    assert changed.by_name == "root"


def test_users_see_their_own_events_in_words(ana, ben):
    record_event(Code.SIGN_IN_FAILED, user=ben)
    client = sign_in(name="ana", REMOTE_ADDR="192.0.2.7")
    record_event(Code.PERMISSIONS_CHANGED, user=ana, detail={"added": ["is_staff"], "removed": []})

    page = client.get("/sign-ins/").content.decode()

    assert "Signed in" in page
    assert "192.0.2.7" in page
    assert "+ is_staff" in page
    assert "Sign-in failed" not in page


def test_older_events_are_on_pages_of_their_own(ana):
    client = browser_of(ana)
    for number in range(120):
        record_event(Code.SIGNED_IN, user=ana, detail={"added": [f"number {number}."]})

    seen, url = [], "/sign-ins/"
    while url:
        page = client.get(url).content.decode()
        seen += re.findall(r"number (\d+)\.", page)
        older = re.search(r'href="(\?before=\d+)"', page)
        url = older and f"/sign-ins/{older[1]}"

    assert seen == [str(number) for number in range(119, -1, -1)]


def test_a_page_without_events_says_so(ana):
    assert "Nothing recorded yet" in browser_of(ana).get("/sign-ins/").content.decode()


def test_superusers_find_all_events_and_others_none(ana, root):
    sign_in(name="ana")
    sign_in(name="hunter2", password="wrong")
    url = "/admin/customers/securityevent/"

    everything = browser_of(root).get(url).content.decode()
    typed = browser_of(root).get(url, {"q": "hunter2"}).content.decode()
    coded = browser_of(root).get(url, {"code": "signin.failed"}).content.decode()

    assert "signin.succeeded" in everything
    assert "hunter2" not in everything
    assert "1 security event" in typed
    assert "1 security event" in coded
    assert browser_of(ana).get(url).status_code == 403
    for page in ("add/", f"{SecurityEvent.objects.first().pk}/delete/"):
        assert browser_of(root).get(f"{url}{page}").status_code == 403


@pytest.fixture
def anas_mail(ana):
    User.objects.filter(pk=ana.pk).update(email="ana@desk.example")
    sign_in()  # the first
    mail.outbox.clear()
    return "ana@desk.example"


@pytest.fixture
def mails(django_capture_on_commit_callbacks):
    """The mails that are sent for what is done; waits for the thread that sends them."""

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
    assert message.subject == "Billing portal: Signed in with a new browser"
    for told in ("ana", "192.0.2.9", "Edge, Windows", "https://portal.example.com/sign-ins/"):
        assert told in message.body
    assert SecurityEvent.objects.first().meaning == "Signed in with a new browser"


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
    client = Client()
    client.cookies["known_browser"] = forged

    mails(lambda: sign_in(client))

    assert len(mail.outbox) == 1


def test_a_password_without_the_code_makes_no_browser_known(ana):
    set_up(ana)

    assert "known_browser" not in sign_in().cookies


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


def test_old_events_are_pruned_and_younger_ones_stay(ana, settings):
    settings.SECURITY_EVENT_RETENTION = timedelta(days=400)
    for days in (399, 401, 900):
        event = record_event(Code.SIGNED_IN, user=ana)
        event.happened_at = timezone.now() - timedelta(days=days)
        event.save()

    assert "2 security events would be removed" in run("prune_history", "--dry-run").out
    assert "2 security events removed" in run("prune_history").out

    assert SecurityEvent.objects.get().happened_at > timezone.now() - timedelta(days=400)


def test_pruning_forgets_what_failed_long_ago_and_ends_no_pause(ana, settings):
    settings.SIGN_IN_ATTEMPTS = 3
    for _ in range(3):
        sign_in(password="wrong")

    run("prune_history")

    answer = Client().post("/admin/login/", {"username": "ana", "password": PASSWORD})
    assert answer.status_code == 429


def test_staff_without_any_permission_see_their_own_sign_ins(db):
    user = make_staff("dora")
    user.groups.clear()

    assert browser_of(user).get("/sign-ins/").status_code == 200
