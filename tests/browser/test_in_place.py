"""An old answer renews itself on its page, says what changed, and loses nothing that was done."""

import pytest
from playwright.sync_api import expect

from customers.models import Disclosure
from tests.browser.conftest import make_old
from tests.conftest import empty_log

NAME = "Elm Park Therapy"


@pytest.fixture
def org_id(sandbox):
    return sandbox.org_id(NAME)


@pytest.fixture
def page(staff, open_browser, org_id):
    """A page that was opened a while ago, about to be opened again."""
    page = open_browser(user=staff)
    page.goto(f"/orgs/{org_id}/")
    make_old()
    empty_log()
    return page


def change(sandbox, org_id, **facts):
    card = {"object": "card", "id": "card_x", "last4": "1881", "brand": "Visa"} | facts
    customer = {"object": "customer", "id": "cus_x", "default_source": card, "delinquent": False}
    sandbox.put_customer(org_id, customer)


def test_the_same_answer_again_is_one_disclosure(page, sandbox, org_id):
    page.goto(f"/orgs/{org_id}/")

    expect(page.locator("[data-refresh-state]")).to_have_text("Checked just now. No changes.")
    expect(page.get_by_role("status")).to_have_text("Checked just now. No changes.")
    expect(page.get_by_text("Checked just now with your session")).to_be_visible()
    assert Disclosure.objects.count() == 1


def test_another_answer_is_shown_marked_and_recorded(page, sandbox, org_id):
    change(sandbox, org_id, exp_month=5, exp_year=2033)

    page.goto(f"/orgs/{org_id}/")

    expect(page.locator("[data-news]")).to_contain_text("New since the last check:")
    expect(page.get_by_role("status")).to_contain_text("Payment method")
    expect(page.locator(".method.is-new")).to_contain_text("Visa •••• 1881")
    assert Disclosure.objects.count() == 2


def test_an_upstream_that_fails_is_told_beside_the_last_answer(page, sandbox, org_id):
    sandbox.set_fault("503")

    page.goto(f"/orgs/{org_id}/")

    expect(page.locator("[data-refresh-state]")).to_have_text(
        "Catalyze is not available now (503). Showing the last known state."
    )
    expect(page.get_by_text("Showing the last known state.", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Payment method", exact=True)).to_be_visible()
    assert Disclosure.objects.count() == 1


def test_a_slow_upstream_blocks_nothing(page, sandbox, org_id, settings):
    settings.CATALYZE_READ_TIMEOUT, settings.CATALYZE_DEADLINE = 8, 10
    sandbox.set_latency(4)

    page.goto(f"/orgs/{org_id}/")
    expect(page.get_by_role("heading", name="Payment method", exact=True)).to_be_visible()
    expect(page.get_by_text("Still checking…").first).to_be_visible()

    expect(page.get_by_text("No changes.").first).to_be_visible()


def test_what_is_typed_open_and_focused_survives(page, sandbox, org_id):
    change(sandbox, org_id, exp_month=5, exp_year=2033)
    sandbox.set_latency(0.9)
    page.goto(f"/orgs/{org_id}/")
    note = page.get_by_role("textbox", name="Note")
    note.fill("Asked for a new card")
    note.press("Home")
    top = note.bounding_box()["y"]

    expect(page.locator("[data-news]")).to_be_visible()

    expect(note).to_be_focused()
    expect(note).to_have_value("Asked for a new card")
    assert note.evaluate("field => field.selectionStart") == 0
    assert abs(note.bounding_box()["y"] - top) < 2


def test_it_asks_once_and_not_again(page, org_id):
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if sent.method == "POST" else None)

    page.goto(f"/orgs/{org_id}/")
    expect(page.get_by_text("No changes.").first).to_be_visible()
    page.wait_for_timeout(1500)

    assert len(asked) == 1


def test_without_scripts_the_button_does_the_same(staff, open_browser, sandbox, org_id):
    page = open_browser(user=staff, scripts=False)
    page.goto(f"/orgs/{org_id}/")
    make_old()
    page.goto(f"/orgs/{org_id}/")
    expect(page.get_by_text("This may be out of date")).to_be_visible()

    page.get_by_role("button", name="Check now").click()
    expect(page.get_by_text("Checked just now. No changes.")).to_be_visible()
    change(sandbox, org_id, exp_month=5, exp_year=2033)
    page.get_by_role("button", name="Check now").click()

    expect(page.get_by_text("New since the last check:")).to_be_visible()
