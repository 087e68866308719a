"""What staff do all day, in a real browser, with and without scripts."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from customers.models import Customer
from tests.browser.conftest import sign_in
from tests.conftest import make_staff

ORGANIZATIONS = {
    "card": "Bingo",
    "delinquent": "Sycamore Surgical",
    "no-payment-method": "Pinecrest Family Practice",
    "deleted": "Oakline Orthopedics",
    "details-not-sent": "Ivy Lane Dental",
    "many-cards": "Zelkova Health Network",
    "markup": "Markup & Sons <script>alert('name')</script>",
    "expiring": "Viburnum Vision",
}
PAGES = {
    "overview": "/",
    "list": "/orgs/",
    "worklist": "/orgs/?worklist=expired",
    "nothing-found": "/orgs/?q=zzz",
    "missing": "/orgs/nowhere/",
    "credentials": "/credentials/",
    "password": "/admin/password_change/",
}
LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [1280, 390])
def test_from_sign_in_to_a_card(transactional_db, sandbox, open_browser, width, scripts):
    make_staff("ana")
    page = open_browser(width, scripts=scripts)

    sign_in(page)
    page.get_by_role("link", name="Add your credentials").click()
    page.get_by_label("Catalyze user name").fill("ana")
    page.get_by_role("textbox", name="Password").fill(sandbox.users()["ana"]["password"])
    page.get_by_role("textbox", name="API key").first.fill(sandbox.api_key)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("your session works")).to_be_visible()
    page.get_by_role("searchbox").fill(sandbox.org_id("Bingo"))
    page.get_by_role("searchbox").press("Enter")

    expect(page.get_by_role("heading", name="Bingo", exact=True)).to_be_visible()
    expect(page.get_by_role("img", name="Visa •••• 4242")).to_be_visible()
    expect(page.get_by_text("The card has expired.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_check_now_shows_the_new_answer(staff, sandbox, open_browser, scripts):
    org_id = sandbox.org_id("Elm Park Therapy")
    page = open_browser(scripts=scripts)
    sign_in(page)
    page.goto(f"/orgs/{org_id}/")
    sandbox.delete_customer(org_id)

    page.get_by_role("button", name="Check now").click()

    expect(page.get_by_role("heading", name="No payment method on file")).to_be_visible()
    expect(page.get_by_text("was on file until")).to_be_visible()


def test_an_old_answer_shows_at_once_and_refreshes_itself(staff, sandbox, open_browser):
    org_id = sandbox.org_id("Elm Park Therapy")
    page = open_browser()
    sign_in(page)
    page.goto(f"/orgs/{org_id}/")
    make_old()
    sandbox.delete_customer(org_id)

    page.goto(f"/orgs/{org_id}/")

    expect(page.get_by_role("heading", name="No payment method on file")).to_be_visible()


def test_an_old_answer_says_how_old_it_is_without_scripts(staff, sandbox, open_browser):
    org_id = sandbox.org_id("Elm Park Therapy")
    page = open_browser(scripts=False)
    sign_in(page)
    page.goto(f"/orgs/{org_id}/")
    make_old()

    page.goto(f"/orgs/{org_id}/")

    expect(page.get_by_text("This answer is not fresh")).to_be_visible()


def test_the_answer_for_the_customer_can_be_copied(staff, sandbox, open_browser):
    page = open_browser()
    sign_in(page)
    page.goto(f"/orgs/{sandbox.org_id('Pinecrest Family Practice')}/")

    page.get_by_role("button", name="Copy for the customer").click()

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("We have no payment method on file for Pinecrest Family Practice.")


def test_slash_focuses_the_search_box_but_not_while_typing(staff, open_browser):
    page = open_browser()
    sign_in(page)
    page.goto("/credentials/")
    box = page.get_by_role("searchbox")

    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.get_by_label("Catalyze user name").press("/")

    expect(page.get_by_label("Catalyze user name")).to_have_value("/")


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_no_page_is_wider_than_the_screen_or_breaks_its_policy(
    staff, sandbox, open_browser, width, theme, screenshots
):
    page = open_browser(width, theme)
    sign_in(page)
    urls = {name: f"/orgs/{sandbox.org_id(org)}/" for name, org in ORGANIZATIONS.items()}

    for name, url in (urls | PAGES).items():
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, url
        if screenshots:
            page.screenshot(path=screenshots / f"{name}_{width}_{theme}.png")


def make_old():
    old = timezone.now() - timedelta(hours=5)
    Customer.objects.update(checked_at=old, asked_at=old, attempted_at=old)
