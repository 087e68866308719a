"""What staff do all day, in a real browser, with and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in
from tests.conftest import make_staff


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [1280, 390])
def test_from_sign_in_to_a_card(transactional_db, sandbox, open_browser, width, scripts):
    make_staff("ana")
    page = open_browser(width, scripts=scripts)

    sign_in(page)
    page.get_by_role("link", name="Add your credentials").click()
    page.get_by_label("Catalyze username").fill("ana")
    page.get_by_role("textbox", name="Password").fill(sandbox.users()["ana"]["password"])
    page.get_by_role("textbox", name="API key").first.fill(sandbox.api_key)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Your session is valid")).to_be_visible()
    page.get_by_role("searchbox").fill(sandbox.org_id("Bingo"))
    page.get_by_role("searchbox").press("Enter")

    expect(page.get_by_role("heading", name="Bingo", exact=True)).to_be_visible()
    expect(page.locator(".method").get_by_text("Visa •••• 4242")).to_be_visible()
    expect(page.get_by_text("The card has expired.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_check_now_shows_the_new_answer(staff, sandbox, open_browser, scripts):
    org_id = sandbox.org_id("Elm Park Therapy")
    page = open_browser(user=staff, scripts=scripts)
    page.goto(f"/orgs/{org_id}/")
    sandbox.delete_customer(org_id)

    page.get_by_role("button", name="Check now").click()

    expect(page.get_by_role("heading", name="No payment method on file")).to_be_visible()
    expect(page.get_by_text("was on file until")).to_be_visible()


def test_the_reply_for_the_customer_can_be_copied(staff, sandbox, open_browser):
    page = open_browser(user=staff)
    page.goto(f"/orgs/{sandbox.org_id('Pinecrest Family Practice')}/")

    page.get_by_role("button", name="Copy reply").click()

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("We have no payment method on file for Pinecrest Family Practice.")
