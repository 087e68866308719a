"""The second factor: set up with a code, asked for at sign-in, removed by its owner or the desk."""

import time

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from customers.services import second_factor
from tests.commands.running import run
from tests.conftest import browser_of

PASSWORD = "a password of the tests"


def code_of(device, steps=0):
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time() + steps * device.step
    return f"{totp.token():06d}"


@pytest.fixture
def device(ana) -> TOTPDevice:
    """Ana's, set up and confirmed."""
    begun = second_factor.begin_setup(ana)
    TOTPDevice.objects.update(confirmed=True)
    return begun


def signed_in_by_password():
    client = Client()
    client.post("/admin/login/", {"username": "ana", "password": PASSWORD})
    return client


def test_it_is_set_up_with_a_code_of_the_device(ana):
    client = browser_of(ana)
    client.post("/second-factor/begin/")
    begun = TOTPDevice.objects.get()
    page = client.get("/second-factor/").content.decode()

    client.post("/second-factor/code/", {"code": code_of(begun)})

    assert second_factor.secret_of(begun) in page
    assert TOTPDevice.objects.get().confirmed
    assert second_factor.secret_of(begun) not in client.get("/second-factor/").content.decode()
    assert client.get("/").status_code == 200


def test_a_wrong_code_sets_nothing_up(ana):
    client = browser_of(ana)
    client.post("/second-factor/begin/")

    answer = client.post("/second-factor/code/", {"code": "000000"})

    assert "not right" in answer.content.decode()
    assert not TOTPDevice.objects.get().confirmed


def test_the_secret_is_shown_as_a_picture_only_while_it_is_set_up(ana):
    client = browser_of(ana)
    assert client.get("/second-factor/qr.svg").status_code == 404
    client.post("/second-factor/begin/")

    picture = client.get("/second-factor/qr.svg")

    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert b"<svg" in picture.content
    TOTPDevice.objects.update(confirmed=True)
    assert client.get("/second-factor/qr.svg").status_code == 404


@pytest.mark.parametrize("url", ["/", "/orgs/", "/credentials/", "/admin/", "/export/"])
def test_the_password_alone_opens_nothing(device, url):
    client = signed_in_by_password()

    answer = client.get(url, follow=True)

    assert answer.request["PATH_INFO"] == "/second-factor/"
    assert "Enter the code" in answer.content.decode()


def test_the_code_opens_what_was_asked_for(device):
    client = signed_in_by_password()

    answer = client.post("/second-factor/code/", {"code": code_of(device), "next": "/credentials/"})

    assert answer.headers["Location"] == "/credentials/"
    assert client.get("/credentials/").status_code == 200


@pytest.mark.parametrize("wanted", ["https://evil.example/", "nowhere"])
def test_a_code_leads_to_no_other_site(device, wanted):
    client = signed_in_by_password()

    answer = client.post("/second-factor/code/", {"code": code_of(device), "next": wanted})

    assert answer.headers["Location"] == "/"


def test_a_code_works_once(device):
    code = code_of(device)
    signed_in_by_password().post("/second-factor/code/", {"code": code})
    client = signed_in_by_password()

    client.post("/second-factor/code/", {"code": code})

    assert client.get("/").status_code == 302


def test_wrong_codes_make_the_next_one_wait(device):
    client = signed_in_by_password()
    for _ in range(3):
        client.post("/second-factor/code/", {"code": "000000"})

    client.post("/second-factor/code/", {"code": code_of(device)})

    assert client.get("/").status_code == 302


@pytest.mark.parametrize("url", ["/second-factor/begin/", "/second-factor/remove/"])
def test_the_password_alone_neither_replaces_nor_removes_it(device, url):
    client = signed_in_by_password()

    client.post(url, {"code": "000000"})

    assert TOTPDevice.objects.get() == device
    assert client.get("/").status_code == 302


def test_its_owner_removes_it_with_a_code(device):
    client = signed_in_by_password()
    client.post("/second-factor/code/", {"code": code_of(device)})

    client.post("/second-factor/remove/", {"code": code_of(device, steps=1)})

    assert not TOTPDevice.objects.exists()


def test_a_portal_that_requires_it_lets_nobody_in_without(ana, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    client = signed_in_by_password()

    page = client.get("/", follow=True)
    client.post("/second-factor/begin/")
    client.post("/second-factor/code/", {"code": code_of(TOTPDevice.objects.get())})

    assert "asks everyone for a second factor" in page.content.decode()
    assert client.get("/").status_code == 200


def test_the_command_removes_what_was_lost(device):
    assert run("reset_second_factor", "ana").out == "Removed the second factor of ana.\n"
    assert signed_in_by_password().get("/").status_code == 200
    assert run("reset_second_factor", "ana").code == 1


def test_the_back_office_removes_what_was_lost_and_shows_no_secret(device, ana):
    root = browser_of(User.objects.create_superuser("root"))

    root.post(
        "/admin/auth/user/", {"action": "remove_second_factors", "_selected_action": [ana.pk]}
    )

    assert not TOTPDevice.objects.exists()
    assert root.get("/admin/otp_totp/totpdevice/").status_code == 404
