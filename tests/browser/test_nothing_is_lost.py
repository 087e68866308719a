"""What was typed outlasts an ended session, of the portal and of Catalyze, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from customers.models import Credentials, Note, PortalSession
from tests.browser.conftest import PASSWORD
from tests.conftest import make_staff

NAME = "Elm Park Therapy"
TYPED = 'She called: "declined".\n\nNew card <next> week & so on – ü'
with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False])


@pytest.fixture
def org_url(sandbox):
    return f"/orgs/{sandbox.org_id(NAME)}/"


def end_session():
    PortalSession.objects.all().delete()


def sign_in_here(page, name="ana"):
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def write_note(page, org_url, text=TYPED):
    page.goto(org_url)
    note_field(page).fill(text)


def note_field(page):
    return page.locator("#notes textarea")


@with_and_without_scripts
def test_a_note_outlasts_an_ended_session(staff, open_browser, org_url, scripts):
    page = open_browser(user=staff, scripts=scripts)
    write_note(page, org_url)
    end_session()
    page.get_by_role("button", name="Add note").click()
    sign_in_here(page)

    expect(note_field(page)).to_have_value(TYPED)
    expect(note_field(page)).to_be_visible()
    assert not Note.objects.exists()
    page.get_by_role("button", name="Add note").click()

    expect(page.get_by_text("Note added.")).to_be_visible()
    assert Note.objects.get().text == TYPED


@with_and_without_scripts
def test_a_search_outlasts_an_ended_session(staff, open_browser, org_url, scripts):
    page = open_browser(user=staff, scripts=scripts)
    page.goto(org_url)
    page.goto("/orgs/")
    box = page.get_by_role("searchbox")
    box.fill(f"{NAME} was declined")
    end_session()
    box.press("Enter")
    sign_in_here(page)

    expect(page.get_by_role("searchbox")).to_have_value(f"{NAME} was declined")
    expect(page).to_have_url(re.compile(r"/orgs/\?draft="))
    page.get_by_role("searchbox").press("Enter")

    expect(page).to_have_url(re.compile(f"{org_url}$"))


@with_and_without_scripts
def test_a_selection_outlasts_an_ended_session(staff, open_browser, org_url, sandbox, scripts):
    page = open_browser(user=staff, scripts=scripts)
    for name in (NAME, "Bingo"):
        page.goto(f"/orgs/{sandbox.org_id(name)}/")
    page.goto("/orgs/")
    page.get_by_label(f"Select {NAME}").check()
    end_session()
    page.locator(".bulk").get_by_role("button", name="Check now").click()
    sign_in_here(page)

    expect(page.get_by_label(f"Select {NAME}")).to_be_checked()
    expect(page.get_by_label("Select Bingo")).not_to_be_checked()
    page.locator(".bulk").get_by_role("button", name="Check now").click()

    expect(page.get_by_text("1 checked just now")).to_be_visible()


@with_and_without_scripts
def test_a_reason_for_access_outlasts_an_ended_session(staff, open_browser, org_url, scripts):
    page = open_browser(user=staff, scripts=scripts)
    page.goto(org_url)
    page.get_by_label("Reason for access").fill("ticket 4711")
    end_session()
    page.locator("form", has=page.locator("#purpose")).get_by_role("button").click()
    sign_in_here(page)

    expect(page.get_by_label("Reason for access")).to_have_value("ticket 4711")


def test_another_user_sees_nothing_and_its_writer_finds_it_again(staff, open_browser, org_url):
    make_staff("ben")
    page = open_browser(user=staff)
    write_note(page, org_url)
    end_session()
    page.get_by_role("button", name="Add note").click()
    sign_in_here(page, "ben")
    expect(page.locator("summary", has_text="ben")).to_be_visible()
    bens, address = page.content(), page.url
    end_session()
    page.goto(address)
    sign_in_here(page)

    assert "She called" not in bens
    expect(note_field(page)).to_have_value(TYPED)


def test_a_note_in_another_tab_outlasts_the_sign_in(staff, open_browser, org_url):
    other = open_browser(user=staff, scripts=False)
    page = other.context.new_page()  # whose console may name the 403
    write_note(page, org_url)
    end_session()
    other.goto("/")
    sign_in_here(other)
    page.get_by_role("button", name="Add note").click()

    expect(page.get_by_text("She called")).to_be_visible()
    assert not Note.objects.exists()
    page.get_by_role("button", name="Send it now").click()

    expect(page.get_by_text("Note added.")).to_be_visible()
    assert Note.objects.get().text == TYPED


def renew(page, password):
    page.locator("summary", has_text="Sign in again").click()
    form = page.locator("[data-renew-form]")
    form.get_by_label("Catalyze username").fill("ana")
    form.get_by_label("Password", exact=True).fill(password)
    form.get_by_role("button", name="Sign in with Catalyze").click()


@with_and_without_scripts
def test_a_catalyze_session_is_renewed_on_the_page_one_is_on(
    staff, open_browser, org_url, sandbox, scripts
):
    page = open_browser(user=staff, scripts=scripts)
    page.goto(org_url)
    sandbox.expire_sessions("ana")
    Credentials.objects.update(state="expired")
    page.goto(f"{org_url}?reply=de")
    renew(page, sandbox.users()["ana"]["password"])

    expect(page.get_by_text("Your Catalyze session ended")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"\?reply=de$"))
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()


def test_what_is_typed_on_a_page_outlasts_the_renewal(staff, open_browser, org_url, sandbox):
    page = open_browser(user=staff)
    page.goto(org_url)
    sandbox.expire_sessions("ana")
    Credentials.objects.update(state="expired")
    write_note(page, org_url)
    renew(page, "wrong")
    expect(page.get_by_text("Nothing was changed.")).to_be_visible()
    page.locator("[data-renew-form]").get_by_label("Password", exact=True).fill(
        sandbox.users()["ana"]["password"]
    )
    page.get_by_role("button", name="Sign in with Catalyze").click()

    expect(page.get_by_text("Your session is valid.")).to_be_visible()
    expect(note_field(page)).to_have_value(TYPED)
    expect(page.locator("[data-renew-form]")).to_have_count(0)
