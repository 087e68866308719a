"""A token is shown once, to be copied or selected; the page fits a phone and breaks no rule."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from customers.services.tokens.authenticate import authenticate


@pytest.mark.parametrize(
    ("width", "theme", "language", "scripts"),
    [(1280, "light", "en", True), (390, "dark", "de", True), (390, "light", "en", False)],
)
def test_a_new_token_is_shown_once_and_works(staff, open_browser, width, theme, language, scripts):
    page = open_browser(width, theme, user=staff, language=language, scripts=scripts)
    page.goto("/tokens/")
    page.locator("[name=name]").fill("nightly report")
    page.locator("form[action='/tokens/create/'] button").click()

    shown = page.locator(".code-block").first.inner_text()
    assert authenticate(shown, None).token_name == "nightly report"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if scripts:
        page.locator("button[data-copy-part]").first.click()
        assert page.evaluate("navigator.clipboard.readText()") == shown
        assert Axe().run(page, options={"preload": False}).violations_count == 0

    page.goto("/tokens/")
    expect(page.get_by_text("nightly report")).to_be_visible()
    assert shown not in page.content()
