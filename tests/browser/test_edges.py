"""What axe does not look at: targets, borders of fields, focus, zoom, forced colours."""

import pytest

from tests.helpers.pages.browser_pages import ORGANIZATIONS, pages, see_all

# Links within sentences may be as small as these; bars of a chart stand again in a table.
SMALL = """() => [...document.querySelectorAll("a[href], button, summary, select, textarea, input")]
    .filter((it) => it.type !== "hidden" && it.checkVisibility() && !it.closest("svg, .skip"))
    .filter((it) => !(it.closest("p, dd") && getComputedStyle(it).display === "inline"))
    .map((it) => [it, ((it.matches("[type=checkbox], [type=radio]") && it.closest("label")) || it)
        .getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.width < 23.9 || box.height < 23.9))
    .map(([it, box]) => `${it.outerHTML.slice(0, 99)} ${box.width} x ${box.height}`)"""
HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter((it) => it.checkVisibility()).map((it) => Number(it.localName[1]))"""
# The contrast of each field's border with what is inside it.
BORDERS = """() => {
    const light = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
        .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const fields = document.querySelectorAll(
        "select, textarea, input:not([type=hidden], [type=checkbox], [type=radio])");
    return [...fields].filter((it) => it.checkVisibility()).map((it) => {
        const style = getComputedStyle(it);
        const [a, b] = [light(style.borderTopColor), light(style.backgroundColor)].sort();
        return [it.name, (b + 0.05) / (a + 0.05)];
    });
}"""
# What has the focus, whether its ring shows, and whether anything of it can be seen.
FOCUSED = """() => {
    const it = document.activeElement;
    if (it === document.body) return null;
    const style = getComputedStyle(it), box = it.getBoundingClientRect();
    const places = [2, box.width / 2, box.width - 2].map((x) => box.left + x);
    const isSeen = places.some((x) =>
        it.contains(document.elementFromPoint(x, (box.top + box.bottom) / 2)));
    return [it.outerHTML.slice(0, 99), style.outlineStyle !== "none" && isSeen];
}"""
MENUS = "details:is(.menu, .case-menu) > summary"
OPEN_ALL = "for (const it of document.querySelectorAll('details')) it.open = true"
WIDTH = "document.documentElement.scrollWidth"
DECORATION = "it => getComputedStyle(it).textDecorationLine + getComputedStyle(it).outlineStyle"
MOTION = "it => getComputedStyle(it).transitionDuration"


def url_of(sandbox, name):
    return f"/orgs/{sandbox.org_id(ORGANIZATIONS[name])}/"


def test_targets_are_large_headings_in_order_and_fields_have_borders(staff, sandbox, open_browser):
    see_all(staff, sandbox)
    urls = {name: url for name, url in pages(staff, sandbox).items() if "/admin/" not in url}

    small: dict[str, str] = {}
    for width, theme in ((1280, "light"), (390, "dark")):
        page = open_browser(width, theme, user=staff)
        for url in urls.values():
            page.goto(url)
            headings = page.evaluate(HEADINGS)
            assert headings[0] == 1, url
            assert headings.count(1) == 1, url
            assert all(b <= a + 1 for a, b in zip(headings, headings[1:], strict=False)), url
            page.evaluate(OPEN_ALL)
            small |= dict.fromkeys(page.evaluate(SMALL), url)
            assert [it for it in page.evaluate(BORDERS) if it[1] < 3] == [], url
    assert small == {}


@pytest.mark.parametrize("width", [1280, 390])
def test_the_focus_is_always_seen(staff, sandbox, open_browser, width):
    see_all(staff, sandbox)
    page = open_browser(width, user=staff)

    for url in ("/orgs/", url_of(sandbox, "delinquent"), "/changes/"):
        page.goto(url)
        seen = []
        for _ in range(150):
            page.keyboard.press("Tab")
            focused = page.evaluate(FOCUSED)
            if focused is None:
                break
            seen.append(focused)
        assert len(seen) >= 15, url
        assert [it for it, is_seen in seen if not is_seen] == [], url


@pytest.mark.parametrize("width", [640, 320])
def test_menus_open_within_a_zoomed_page(staff, sandbox, open_browser, width):
    see_all(staff, sandbox)
    page = open_browser(width, user=staff, language="de")

    for url in ("/", "/orgs/?worklist=delinquent&brand=Visa", url_of(sandbox, "delinquent")):
        page.goto(url)
        for button in page.locator(MENUS).all():
            if button.is_visible():
                button.click()
                assert page.evaluate(WIDTH) <= width, (url, button.inner_text())
                page.keyboard.press("Escape")


def test_forced_colours_leave_what_is_current_and_selected_told(staff, sandbox, open_browser):
    see_all(staff, sandbox)
    page = open_browser(user=staff)
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.goto("/orgs/?worklist=delinquent")
    page.locator(".list [name=org]").first.check()

    for place in (".nav [aria-current]", ".rail [aria-current] .label"):
        assert "underline" in page.locator(place).evaluate(DECORATION), place
    assert "solid" in page.locator(".list tr:has(:checked)").first.evaluate(DECORATION)
    assert page.locator(".list .standing .icon").first.is_visible()
    assert page.locator(".button").first.evaluate(MOTION) == "0s"


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_bar_of_a_case_is_one_line_in_every_standing(staff, sandbox, open_browser, language):
    page = open_browser(user=staff, language=language)
    page.goto(url_of(sandbox, "delinquent"))

    for press in ("#case-handle", ".case-bar > button", "[value='next-week']", None):
        assert page.locator(".case-bar").bounding_box()["height"] < 45, press
        if press == "[value='next-week']":
            page.locator("#case-snooze").click()
        if press:
            page.locator(press).click()
