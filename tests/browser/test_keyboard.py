"""Single keys: what they do, and when they do nothing."""

import re

import pytest
from playwright.sync_api import expect

from tests.helpers.pages.browser_pages import ORGANIZATIONS


@pytest.fixture
def page(staff, open_browser):
    return open_browser(user=staff)


def go_to(page, sandbox, name):
    page.goto(f"/orgs/{sandbox.org_id(name)}/")


def test_slash_goes_to_the_search_box(page):
    page.goto("/credentials/")

    page.keyboard.press("/")

    expect(page.get_by_role("searchbox")).to_be_focused()


def test_j_and_k_go_through_the_list_and_enter_opens(page, sandbox):
    for name in ("Bingo", "Elm Park Therapy", "Ginkgo Labs"):
        go_to(page, sandbox, name)
    page.goto("/orgs/")

    for key in ("j", "j", "j", "j", "k"):
        page.keyboard.press(key)
    expect(page.get_by_role("link", name="Elm Park Therapy")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Elm Park Therapy")).to_be_visible()


def test_j_goes_through_the_queue_and_the_latest_changes_of_the_overview(page, sandbox):
    go_to(page, sandbox, "Elm Park Therapy")
    sandbox.delete_customer(sandbox.org_id("Elm Park Therapy"))
    page.keyboard.press("r")
    expect(page.get_by_role("heading", name="No payment method on file")).to_be_visible()
    page.goto("/")

    page.keyboard.press("j")
    expect(page.locator(".queue").get_by_role("link", name="Elm Park Therapy")).to_be_focused()
    page.keyboard.press("j")

    expect(page.locator(".feed").get_by_role("link", name="Elm Park Therapy")).to_be_focused()


def test_r_checks_now(page, sandbox):
    go_to(page, sandbox, "Elm Park Therapy")
    sandbox.delete_customer(sandbox.org_id("Elm Park Therapy"))

    page.keyboard.press("r")

    expect(page.get_by_role("heading", name="No payment method on file")).to_be_visible()


def test_r_checks_the_row_that_has_the_focus(page, sandbox):
    go_to(page, sandbox, "Elm Park Therapy")
    page.goto("/orgs/")

    page.keyboard.press("j")
    page.keyboard.press("r")

    expect(page.get_by_text("1 checked just now")).to_be_visible()


def test_c_copies_the_answer(page, sandbox):
    go_to(page, sandbox, ORGANIZATIONS["no-payment-method"])

    page.keyboard.press("c")

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("We have no payment method on file for Pinecrest Family Practice.")


def test_n_writes_a_note(page, sandbox):
    go_to(page, sandbox, "Bingo")

    page.keyboard.press("n")

    expect(page.get_by_role("textbox", name="Note")).to_be_focused()


def test_a_s_and_h_take_snooze_and_handle_the_case_of_an_organization(page, sandbox):
    go_to(page, sandbox, ORGANIZATIONS["delinquent"])

    page.keyboard.press("a")
    expect(page.get_by_text("ana took it")).to_be_visible()
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("^ana snoozed it until"))).to_be_visible()
    page.keyboard.press("h")

    expect(page.get_by_text("ana marked it as handled")).to_be_visible()


def test_a_s_and_h_do_so_to_the_row_that_has_the_focus(page, sandbox):
    go_to(page, sandbox, ORGANIZATIONS["delinquent"])
    page.goto("/orgs/?worklist=delinquent")

    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.get_by_role("checkbox", name="Select Sycamore Surgical")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("1 case snoozed")
    page.goto("/orgs/?case=snoozed")

    expect(page.get_by_role("link", name=ORGANIZATIONS["delinquent"])).to_be_visible()


def test_question_mark_shows_the_keys_and_escape_ends_it(page):
    page.goto("/")

    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard")
    expect(dialog).to_be_visible()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", include_hidden=True)).not_to_be_focused()
    page.keyboard.press("Escape")

    expect(dialog).to_be_hidden()


def test_the_keys_stand_on_a_page_of_their_own_without_scripts(staff, open_browser):
    page = open_browser(user=staff, scripts=False)
    page.goto("/")

    page.locator(".user summary").click()
    page.get_by_role("link", name="Keyboard").click()

    expect(page.get_by_role("heading", name="Keyboard")).to_be_visible()
    said = page.locator(".keys kbd").all_inner_texts()
    assert said == ["/", "j", "k", "Enter", "x", "r", "c", "n", "a", "s", "h", "w", "?"]


def test_keys_do_nothing_while_typing_or_together_with_ctrl(page, sandbox):
    go_to(page, sandbox, "Bingo")
    page.keyboard.press("n")

    page.keyboard.type("/jkrcn?")
    expect(page.get_by_role("textbox", name="Note")).to_have_value("/jkrcn?")
    page.get_by_role("heading", name="Bingo", exact=True).click()
    page.keyboard.press("Control+/")
    page.keyboard.press("Alt+/")

    expect(page.get_by_role("searchbox")).not_to_be_focused()
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_hidden()


def test_keys_can_be_turned_off_and_stay_off(page):
    page.goto("/keys/")
    page.get_by_label("Use shortcuts in this browser").uncheck()
    page.goto("/")

    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).not_to_be_focused()
    page.goto("/keys/")
    page.get_by_label("Use shortcuts in this browser").check()
    page.goto("/")
    page.keyboard.press("/")

    expect(page.get_by_role("searchbox")).to_be_focused()
