"""A colleague, from the invitation to the first organization seen: eight steps."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core import mail
from playwright.sync_api import expect

from tests.helpers.accounts.codes import Authenticator, secret_on
from tests.helpers.accounts.events import NEW_PASSWORD
from tests.helpers.pages.clinics import import_clinics


@pytest.fixture
def clinics(sandbox, transactional_db):
    import_clinics(sandbox, 5)


def invite(open_browser):
    """What an administrator does."""
    root = User.objects.create_superuser("root")
    page = open_browser(user=root)
    page.goto("/admin/")
    page.get_by_role("link", name="Users").click()
    page.get_by_role("link", name="Invite a colleague").click()
    page.get_by_label("Username").fill("carla")
    page.get_by_label("Email").fill("carla@support.example")
    page.get_by_label("Group").select_option(label="Support")
    page.get_by_label("Time zone").select_option("Europe/Madrid")
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_text("An invitation was sent to carla@support.example.")).to_be_visible()
    return re.search(r"/welcome/\S+", mail.outbox[-1].body)[0]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_colleague_starts_in_eight_steps(open_browser, sandbox, clinics, width, scripts):
    url = invite(open_browser)
    settings.REQUIRE_SECOND_FACTOR = True  # the longest way
    try:
        start(open_browser(width, scripts=scripts), url, sandbox, scripts=scripts)
    finally:
        settings.REQUIRE_SECOND_FACTOR = False


def start(page, url, sandbox, *, scripts):
    page.goto(url)  # 1: the link
    page.get_by_label("New password", exact=False).first.fill(NEW_PASSWORD)
    page.get_by_label("confirmation").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Set password").click()  # 2
    expect(page.get_by_label("Username")).to_have_value("carla")
    page.get_by_label("Password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Sign in").click()  # 3
    page.get_by_role("button", name="Set up").click()  # 4
    page.get_by_label("Code").fill(Authenticator(secret_on(page.content())).code())
    page.get_by_role("button", name="Confirm").click()  # 5
    page.get_by_role("link", name="I have saved them").click()  # 6
    expect(page.get_by_role("heading", name="What is an API key?")).to_be_visible()
    page.locator("#id_sign_in-username").fill("ana")
    page.locator("#id_sign_in-password").fill(sandbox.users()["ana"]["password"])
    page.locator("#id_sign_in-api_key").fill(sandbox.api_key)
    page.get_by_role("button", name="Sign in", exact=True).click()  # 7
    if not scripts:
        page.get_by_role("button", name="Ask Catalyze").click()
    expect(page.locator("[data-said]")).to_have_text("All 5 asked")
    overflow = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(overflow)
    page.get_by_role("link", name="Clinic 4").click()  # 8
    expect(page.get_by_role("heading", name="Clinic 4")).to_be_visible()
