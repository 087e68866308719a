"""Menus close as people expect: by Escape, by a click elsewhere, by leaving them with Tab."""

import pytest
from playwright.sync_api import expect

from tests.helpers.pages.browser_pages import ORGANIZATIONS, see_all

OPEN = "details:is(.menu, .case-menu)[open]"
LISTED = {
    "filter": ".filter-box > summary",
    "columns": ".tools summary:has-text('Columns')",
    "export": ".tools .split-button summary",
    "user": ".user > summary",
    "assign": "#case-assign",
    "snooze": "#case-snooze",
}


@pytest.fixture
def page(staff, sandbox, open_browser):
    see_all(staff, sandbox)
    page = open_browser(user=staff)
    page.goto("/orgs/?worklist=delinquent")
    page.locator(".list [name=org]").first.check()
    return page


def test_escape_closes_every_menu_and_gives_the_focus_back(page, sandbox):
    for name, place in LISTED.items():
        button = page.locator(place)
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator(OPEN)).to_have_count(1)
        page.keyboard.press("Tab")
        expect(button, name).not_to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(OPEN), name).to_have_count(0)
        expect(button, name).to_be_focused()

    page.goto(f"/orgs/{sandbox.org_id(ORGANIZATIONS['delinquent'])}/")
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Until tomorrow")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(OPEN)).to_have_count(0)
    expect(page.locator("#case-snooze")).to_be_focused()


def test_a_click_elsewhere_another_menu_and_tab_close_a_menu(page):
    boxes = page.locator(OPEN)

    page.locator(LISTED["columns"]).click()
    page.get_by_role("heading", level=1).click()
    expect(boxes).to_have_count(0)

    page.locator(LISTED["columns"]).click()
    page.locator(LISTED["filter"]).click()
    expect(boxes).to_have_count(1)
    page.get_by_label("Brand").select_option(index=1)
    expect(boxes).to_have_count(1)
    page.keyboard.press("Escape")

    page.locator(LISTED["export"]).click()
    for _ in range(4):  # three links, and what follows
        page.keyboard.press("Tab")
    expect(boxes).to_have_count(0)


def test_the_menus_of_what_is_selected_can_be_used_wherever_they_open(page):
    for width in (1280, 640, 320):
        page.set_viewport_size({"width": width, "height": 860})
        for name in ("assign", "snooze"):
            page.locator(LISTED[name]).click()
            choice = page.locator(f"{OPEN} .case-choice")
            for button in choice.get_by_role("button").all():
                button.click(trial=True)
            box = choice.bounding_box()
            assert box["x"] >= 0, (width, name)
            assert box["x"] + box["width"] <= width, (width, name)
