"""A colleague is invited by one form, sets a password by a link, and signs in."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.test import Client
from django.utils import timezone

from customers.models import SecurityEvent
from customers.services.accounts.language_and_zone import language_of
from tests.conftest import browser_of
from tests.helpers.accounts.events import NEW_PASSWORD, events
from tests.helpers.portals.ports import free_port

INVITE = "/admin/auth/user/invite/"
LINK = re.compile(r"/welcome/[\w-]+/[\w-]+/")
Code = SecurityEvent.Code


@pytest.fixture
def root(db):
    return browser_of(User.objects.create_superuser("root"))


def fields(**changes):
    group = Group.objects.get(name="Support").pk
    named = {"username": "carla", "first_name": "Carla", "last_name": "Diaz"}
    place = {"group": group, "time_zone": "Europe/Madrid", "language": "de"}
    return named | place | {"email": "carla@support.example"} | changes


def link_in(text):
    return LINK.search(text)[0]


def accept(url, password=NEW_PASSWORD):
    """What a colleague does in a browser of their own."""
    client = Client()
    place = client.get(url, follow=True).redirect_chain[-1][0]
    sent = {"new_password1": password, "new_password2": password}
    return client, client.post(place, sent)


def test_one_form_makes_the_account_and_mails_the_link(root):
    answer = root.post(INVITE, fields(), follow=True)

    carla = User.objects.get(username="carla")
    assert "An invitation was sent to carla@support.example." in answer.content.decode()
    assert (carla.is_staff, carla.is_superuser, carla.get_full_name()) == (
        *(True, False),
        "Carla Diaz",
    )
    assert not carla.has_usable_password()
    assert [group.name for group in carla.groups.all()] == ["Support"]
    (sent,) = mail.outbox
    assert sent.to == ["carla@support.example"]
    assert "root hat Ihnen ein Konto" in sent.body
    assert link_in(sent.body) not in answer.content.decode()


def test_it_is_recorded_who_invited_whom(root):
    root.post(INVITE, fields())

    carla = User.objects.get(username="carla")
    assert (Code.INVITED, "carla", "root") in events(carla)
    assert (Code.PERMISSIONS_CHANGED, "carla", "root") in events(carla)


def test_the_link_leads_through_sign_in_to_ones_credentials(root):
    root.post(INVITE, fields())
    client, answer = accept(link_in(mail.outbox[0].body))

    assert answer.headers["Location"] == "/admin/login/?next=%2Fcredentials%2F&name=carla"
    page = client.get(answer.headers["Location"]).content.decode()
    assert 'value="carla"' in page
    sent = {"username": "carla", "password": NEW_PASSWORD, "next": "/credentials/"}
    page = client.post("/admin/login/", sent, follow=True).content.decode()
    assert "Was ist ein API-Schlüssel?" in page
    carla = User.objects.get(username="carla")
    assert (Code.PASSWORD_CHANGED, "carla", "") in events(carla)


def test_a_required_second_factor_comes_first_and_leads_on(root, settings):
    root.post(INVITE, fields())
    client, _ = accept(link_in(mail.outbox[0].body))
    settings.REQUIRE_SECOND_FACTOR = True
    sent = {"username": "carla", "password": NEW_PASSWORD, "next": "/credentials/"}
    chain = client.post("/admin/login/", sent, follow=True).redirect_chain

    assert chain[-1][0] == "/second-factor/?next=%2Fcredentials%2F"
    begun = client.post("/second-factor/begin/", {"next": "/credentials/"})
    assert begun.headers["Location"] == "/second-factor/?next=%2Fcredentials%2F"


def test_the_link_works_once(root):
    root.post(INVITE, fields())
    url = link_in(mail.outbox[0].body)
    accept(url)

    page = Client().get(url, follow=True).content.decode()

    assert "no longer works" in page
    assert 'name="new_password1"' not in page
    assert User.objects.get(username="carla").check_password(NEW_PASSWORD)


def test_the_link_ends_after_three_days(root):
    root.post(INVITE, fields())
    url = link_in(mail.outbox[0].body)

    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        page = Client().get(url, follow=True).content.decode()

    assert "This link no longer works" in page
    assert 'name="new_password1"' not in page


def test_passwords_are_held_to_the_validators(root):
    root.post(INVITE, fields())
    _, answer = accept(link_in(mail.outbox[0].body), password="carla")

    assert 'class="errorlist"' in answer.content.decode()
    assert not User.objects.get(username="carla").has_usable_password()


def test_whoever_was_signed_in_with_that_browser_no_longer_is(root):
    root.post(INVITE, fields())
    place = root.get(link_in(mail.outbox[0].body), follow=True).redirect_chain[-1][0]
    sent = {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}

    answer = root.post(place, sent, follow=True)

    assert answer.wsgi_request.user.is_anonymous
    assert "Sign in with it" in answer.content.decode()


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_who_may_not_sign_in_sets_no_password(root, change):
    root.post(INVITE, fields())
    User.objects.filter(username="carla").update(**change)

    page = Client().get(link_in(mail.outbox[0].body), follow=True).content.decode()

    assert "This link no longer works" in page


@pytest.mark.parametrize(
    "backend",
    [
        "django.core.mail.backends.console.EmailBackend",
        "django.core.mail.backends.smtp.EmailBackend",
    ],
)
def test_where_no_mail_goes_out_the_link_is_shown_once(root, settings, backend, capsys):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = backend, "127.0.0.1"
    settings.EMAIL_PORT = free_port()

    page = root.post(INVITE, fields()).content.decode()

    client, _ = accept(link_in(page))
    assert User.objects.get(username="carla").has_usable_password()
    assert "/welcome/" not in capsys.readouterr().out  # which a log may keep


def test_an_invitation_is_made_again_and_ends_the_earlier(root):
    root.post(INVITE, fields())
    carla = User.objects.get(username="carla")
    first = link_in(mail.outbox[0].body)
    again = f"/admin/auth/user/{carla.pk}/invite/"

    assert "earlier ones will stop working" in root.get(again).content.decode()
    root.post(again)

    assert "no longer works" in Client().get(first, follow=True).content.decode()
    accept(link_in(mail.outbox[1].body))
    assert root.post(again).status_code == 404  # who has a password needs no link
    assert language_of(User.objects.get(username="carla")) == "de"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"username": "ROOT"}, "A user with this name already exists."),
        ({"email": "Root@Support.example"}, "root already has this address."),
        ({"email": ""}, "This field is required."),
        ({"group": ""}, "This field is required."),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice."),
    ],
)
def test_a_form_that_cannot_be_sent_says_why(root, change, sentence):
    User.objects.filter(username="root").update(email="root@support.example")

    page = root.post(INVITE, fields(**change)).content.decode()

    assert sentence in page
    assert not User.objects.filter(username="carla").exists()
    assert mail.outbox == []


def test_only_who_may_add_and_change_users_invites(ana):
    ana.user_permissions.add(Permission.objects.get(codename="add_user"))

    assert browser_of(ana).get(INVITE).status_code == 403
    assert browser_of(ana).post(INVITE, fields()).status_code == 403
    assert not User.objects.filter(username="carla").exists()


def test_the_back_office_leads_to_both_forms(root):
    root.post(INVITE, fields())
    carla = User.objects.get(username="carla")

    users = root.get("/admin/auth/user/").content.decode()
    page = root.get(f"/admin/auth/user/{carla.pk}/change/").content.decode()

    assert f'href="{INVITE}"' in users
    assert f'href="/admin/auth/user/{carla.pk}/invite/"' in page
