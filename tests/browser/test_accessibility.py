"""No page breaks a rule of axe-core, whose rules stand for WCAG 2.2 AA and good practice."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.helpers.pages.browser_pages import ORGANIZATIONS, pages, see_all

# Without fetching style sheets of its own, which the policy of the pages forbids.
OPTIONS = {"preload": False}


MENUS = "details:is(.menu, .case-menu) > summary"
LOOKS = [(1280, "light", "en"), (390, "dark", "de")]


@pytest.mark.parametrize(("width", "theme", "language"), LOOKS)
def test_axe_finds_nothing_on_any_page(staff, sandbox, open_browser, width, theme, language):
    page = open_browser(width, theme, user=staff, language=language)

    for url in pages(staff, sandbox).values():
        page.goto(url)
        found = Axe().run(page, options=OPTIONS)
        assert found.violations_count == 0, f"{url}: {found.generate_report()}"


def test_axe_finds_nothing_before_signing_in_nor_in_the_dialog(staff, open_browser):
    page = open_browser()
    page.goto("/")
    assert Axe().run(page, options=OPTIONS).violations_count == 0
    page = open_browser(user=staff)
    page.goto("/")

    page.keyboard.press("?")

    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    assert Axe().run(page, options=OPTIONS).violations_count == 0


def test_axe_finds_nothing_in_open_menus(staff, sandbox, open_browser):
    see_all(staff, sandbox)
    page = open_browser(user=staff)

    for url in (
        "/orgs/?worklist=delinquent",
        f"/orgs/{sandbox.org_id(ORGANIZATIONS['delinquent'])}/",
    ):
        page.goto(url)
        for box in page.locator(".list tbody [name=org]").all()[:1]:
            box.check()
        for button in page.locator(MENUS).all():
            button.click()
            found = Axe().run(page, options=OPTIONS)
            assert found.violations_count == 0, f"{url}: {found.generate_report()}"
            page.keyboard.press("Escape")
