"""How the pages look: no wider than the screen, still while they load, light, and on paper."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from customers.models import Credentials
from tests.browser.conftest import make_old
from tests.helpers.pages.browser_pages import ORGANIZATIONS, pages, see_all

LOOKS = [(1280, "light", "en"), (1280, "dark", "de"), (390, "light", "de"), (390, "dark", "en")]
SHIFTS = """
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries())
        window.shifts.push([shift.value, ...shift.sources.map((source) => source.node?.className)]);
    }).observe({type: "layout-shift", buffered: true});
"""
# In how many lines a link stands, of how many words, and where.
NAMED = """link => {
    const name = document.createRange();
    name.selectNodeContents(link.lastChild);
    const lines = new Set([...name.getClientRects()].map((box) => box.top));
    return [lines.size, link.innerText.trim().split(/\\s+/).length, link.getBoundingClientRect()];
}"""
LOADED = "document.readyState === 'complete'"
STILL = 0.001
FIRST_VISIT, LATER_VISIT = 150_000, 30_000  # bytes


def assert_still(page):
    """Nothing has moved since it was drawn; 0.1 is what is commonly called good."""
    shifts = page.evaluate("window.shifts")
    assert sum(value for value, *_ in shifts) < STILL, (page.url, shifts)


def test_what_is_looked_at_has_a_past_and_much_to_show(staff, sandbox, open_browser):
    see_all(staff, sandbox)
    page = open_browser(user=staff)
    found = pages(staff, sandbox)

    for name, words in {
        "past": "You are viewing",
        "worklist": "renewed by the issuer",
        "changes-of-a-kind": "Expiry changed",
        "same-card": "1 other organization",
        "one-card": "This card pays for 2 organizations",
        "found": "card ends in 4242",
        "sync-run": "3 of 3 due",
        "organizations": "Next page",
    }.items():
        page.goto(found[name])
        expect(page.get_by_role("main")).to_contain_text(words)


@pytest.mark.parametrize(("width", "theme", "language"), LOOKS)
def test_no_page_is_wider_than_the_screen_or_moves_while_it_loads(
    staff, sandbox, open_browser, width, theme, language, screenshots
):
    see_all(staff, sandbox)
    page = open_browser(width, theme, user=staff, language=language)
    page.add_init_script(SHIFTS)

    for name, url in pages(staff, sandbox).items():
        page.goto(url)
        page.wait_for_function(LOADED)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, url
        assert_still(page)
        if screenshots:
            page.screenshot(
                path=screenshots / f"{name}_{width}_{theme}_{language}.png", full_page=True
            )


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_navigation_of_a_phone_breaks_no_word_and_fits(staff, open_browser, language):
    page = open_browser(390, user=staff, language=language)

    for url in ("/", "/orgs/", "/changes/", "/credentials/"):
        page.goto(url)
        links = page.locator(".nav a")
        assert links.count() == 4
        for link in links.all():
            lines, words, box = link.evaluate(NAMED)
            assert lines <= words, (url, link.inner_text())
            assert box["left"] >= 0, (url, link.inner_text())
            assert box["right"] <= 390, (url, link.inner_text())
            assert link.evaluate("it => it.scrollWidth <= it.clientWidth"), link.inner_text()


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_list_fits_whatever_the_width(staff, sandbox, open_browser, language):
    see_all(staff, sandbox)
    page = open_browser(user=staff, language=language)

    for url in ("/orgs/", "/orgs/?worklist=delinquent"):
        page.goto(url)
        for width in (390, 600, 768, 960, 1024, 1152, 1154, 1280, 1440):
            page.set_viewport_size({"width": width, "height": 860})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (url, width)


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_is_pressed_above_a_list_stands_on_one_line_of_a_phone(staff, open_browser, language):
    page = open_browser(390, user=staff, language=language)
    page.goto("/orgs/")

    parts = [it for it in page.locator(".toolbar .button, .rail-open").all() if it.is_visible()]
    assert len(parts) >= 2
    for part in parts:
        assert part.bounding_box()["height"] < 40, part.inner_text()


def test_a_wide_screen_is_used(staff, sandbox, open_browser):
    page = open_browser(1920, user=staff)

    for url in ("/", f"/orgs/{sandbox.org_id(ORGANIZATIONS['many-cards'])}/", "/orgs/"):
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth") <= 1920, url
    assert page.locator(".list").bounding_box()["width"] > 1400


def test_a_page_that_refreshes_itself_does_not_move(staff, sandbox, open_browser):
    url = f"/orgs/{sandbox.org_id('Elm Park Therapy')}/"
    page = open_browser(user=staff)
    page.add_init_script(SHIFTS)
    page.goto(url)
    make_old()

    page.goto(url)
    page.get_by_text("Checked just now. No changes.").first.wait_for()

    assert_still(page)


def test_a_banner_and_a_copy_button_move_nothing(staff, sandbox, open_browser):
    url = f"/orgs/{sandbox.org_id('Elm Park Therapy')}/"
    page = open_browser(user=staff)
    page.add_init_script(SHIFTS)
    page.goto(url)
    page.get_by_role("button", name="Copy reply").click()
    page.get_by_role("button", name="Copied").wait_for()
    page.get_by_role("button", name="Copy reply").wait_for()
    assert_still(page)
    Credentials.objects.update(state="expired", expired_at=timezone.now())

    for address in (url, "/orgs/", "/"):
        page.goto(address)
        page.get_by_text("Your Catalyze session ended").wait_for()
        assert_still(page)


def test_the_weight_of_the_pages_is_bounded(staff, sandbox, open_browser, served):
    see_all(staff, sandbox)
    page = open_browser(user=staff, base_url=served)
    urls = {name: url for name, url in pages(staff, sandbox).items() if "/admin/" not in url}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sent: list[float] = []
    session.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))

    page.goto(urls["overview"], wait_until="load")
    first = sum(sent)
    page.goto(urls["card"], wait_until="load")
    page.goto(urls["organizations"], wait_until="load")

    assert 0 < first < FIRST_VISIT
    for name, url in urls.items():
        sent.clear()
        page.goto(url, wait_until="load")
        assert 0 < sum(sent) < LATER_VISIT, name


@pytest.mark.parametrize("name", ["card", "no-payment-method"])
def test_an_organization_is_printed_on_one_page_without_anything_to_press(
    staff, sandbox, open_browser, screenshots, name
):
    page = open_browser(user=staff)
    page.goto(f"/orgs/{sandbox.org_id(ORGANIZATIONS[name])}/")

    printed = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "1cm"))
    page.emulate_media(media="print")

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    for role in ("button", "navigation", "searchbox"):
        assert not [found for found in page.get_by_role(role).all() if found.is_visible()], role
    assert page.get_by_text(re.compile(r"ana · \d+ \w+ \d{4} \d\d:\d\d UTC")).is_visible()
    if screenshots:
        page.screenshot(path=screenshots / f"print-{name}.png", full_page=True)
