"""Lists in a real browser: one-line rows, selections with and without scripts, going back."""

import re

import pytest
from playwright.sync_api import expect

from tests.helpers.pages.cut_off import CUT

BOXES = ".list [name=org]"
# Free texts, and states of many words, may be cut, and have a title.
FREE = ".pick, .c-why, tbody :is(.c-state, .c-card, .c-email, .c-fact)[title]"
BOUND = ".list :is(td, thead th), .rail a, .chip, .button"


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("width", [1280, 1920])
def test_rows_are_of_one_line_and_sixteen_fit_a_screen(everything, open_browser, width, language):
    page = open_browser(width, user=everything, language=language)
    page.set_viewport_size({"width": width, "height": 900})

    for url in ("/orgs/", "/orgs/?worklist=delinquent"):
        page.goto(url)
        rows = [row.bounding_box() for row in page.locator(".list tbody tr").all()]
        assert {row["height"] for row in rows} == {40}, url
        assert page.evaluate(CUT, [BOUND, FREE]) == [], url
        if url == "/orgs/":
            foot = page.locator(".list-foot").bounding_box()["y"]
            assert sum(row["y"] + row["height"] <= foot for row in rows) >= 16


def test_a_tick_shows_and_counts_what_is_selected_without_scripts(everything, open_browser):
    page = open_browser(user=everything, scripts=False)
    page.goto("/orgs/")
    bar = page.locator(".bulk")
    expect(bar).to_be_hidden()

    for box in page.locator(BOXES).all()[:2]:
        box.check()
    expect(bar).to_be_visible()
    counted = page.locator(".picked").evaluate(
        "it => [...document.querySelectorAll('.list tbody :checked')].length"
        " && getComputedStyle(it, '::before').content"
    )
    assert "counter(picked)" in counted
    expect(page.get_by_role("button", name="Copy ids")).to_be_hidden()
    page.get_by_role("button", name="Check now").click()

    expect(page.get_by_text("2 checked just now")).to_be_visible()


def test_all_of_a_page_is_selected_announced_and_copied(everything, open_browser):
    page = open_browser(user=everything)
    page.goto("/orgs/")
    rows = page.locator(BOXES).count()

    page.get_by_label("All on this page").check()

    expect(page.locator("[data-announce]")).to_have_text(f"{rows} selected")
    page.get_by_role("button", name="Copy ids").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    ids = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert ids == [box.get_attribute("value") for box in page.locator(BOXES).all()]
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("[data-announce]")).to_have_text("None selected")
    expect(page.locator(".bulk")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 390])
def test_selected_cases_are_snoozed_from_the_bar_without_scripts(everything, open_browser, width):
    page = open_browser(width, user=everything, scripts=False)
    page.goto("/orgs/?worklist=no-payment-method")

    page.locator(BOXES).first.check()
    page.locator("summary", has_text="Snooze…").click()
    box = page.locator(".case-up[open] .case-choice").bounding_box()
    assert 0 <= box["x"] <= box["x"] + box["width"] <= width
    page.get_by_role("button", name="Until Monday").click()

    expect(page.get_by_text("1 case snoozed until")).to_be_visible()


def test_x_ticks_the_row_that_has_the_focus(everything, open_browser):
    page = open_browser(user=everything)
    page.goto("/orgs/")

    for key in ("j", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator(BOXES).nth(1)).to_be_checked()
    page.keyboard.press("x")

    expect(page.locator(BOXES).nth(1)).not_to_be_checked()


def test_the_worklists_are_a_sheet_where_there_is_no_room_without_scripts(everything, open_browser):
    page = open_browser(1024, user=everything, scripts=False)
    page.goto("/orgs/")
    rail = page.get_by_role("navigation", name="Worklists")
    expect(rail).to_be_hidden()

    page.get_by_role("link", name="Worklists").click()
    expect(rail).to_be_visible()
    rail.get_by_role("link", name=re.compile("^Delinquent")).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Delinquent")
    expect(rail).to_be_hidden()


def test_going_back_keeps_the_place(everything, open_browser):
    page = open_browser(user=everything)
    page.goto("/orgs/")
    page.get_by_role("link", name="Next page").click()
    expect(page.locator(".range")).to_contain_text("26–50 of")
    name = page.locator(".list .name").nth(20)
    name.scroll_into_view_if_needed()
    place = page.evaluate("window.scrollY")
    assert place > 0

    name.click()
    expect(page).to_have_url(re.compile("/orgs/.+/"))
    page.go_back()

    expect(page.locator(".range")).to_contain_text("26–50 of")
    page.wait_for_function(f"Math.abs(window.scrollY - {place}) < 3")


def test_the_way_back_to_a_row_goes_on_from_it_by_keys(everything, open_browser):
    page = open_browser(user=everything)
    page.goto("/orgs/")
    names = page.locator(".list .name")
    names.nth(3).click()
    page.locator("main").get_by_role("link", name="Organizations").click()
    expect(page).to_have_url(re.compile("/orgs/#o"))

    page.keyboard.press("j")

    expect(names.nth(4)).to_be_focused()


def test_on_a_phone_a_row_is_three_lines_and_the_table_has_no_head(everything, open_browser):
    page = open_browser(390, user=everything)
    page.goto("/orgs/?worklist=delinquent")

    expect(page.locator(".list thead")).to_be_hidden()
    expect(page.locator("summary", has_text="Columns")).to_be_hidden()
    row = page.locator(".list tbody tr:has(.c-card:not(.nothing))").first
    tops = {
        round(cell.bounding_box()["y"]): cell
        for cell in row.locator(":is(.who, .c-card, .c-state)").all()
    }
    assert len(tops) == 3
