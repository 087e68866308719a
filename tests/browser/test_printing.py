"""On paper stands what is known, and nothing to press: every page, and every row of its lists."""

import re

import pytest

from tests.helpers.pages.browser_pages import pages, see_all

A4 = 718  # pixels between margins of a centimetre
# What says something. Boxes that are closed, and what is there to be pressed, need not be printed.
SAYING = "main :is(td, th, dt, dd, h1, h2, h3, li, .banner, .tile, .badge, text)"
PRESSED = "nav, form:not(:has(table)), .actions, .more, .screen-only, .pick, .crumbs"
MISSING = """
    ([saying, pressed]) => [...document.querySelectorAll(saying)]
      .filter((it) => it.dataset.wasSeen && !it.checkVisibility() && !it.closest(pressed))
      .map((it) => it.textContent.trim().slice(0, 60) || it.outerHTML.slice(0, 60))
"""
SEEN = """
    (saying) => { for (const it of document.querySelectorAll(saying))
      if (it.checkVisibility() && it.getBoundingClientRect().width > 1 && it.textContent.trim())
        it.dataset.wasSeen = "yes"; }
"""
TO_PRESS = "button, input, select, textarea, summary, nav a, .actions a"


def print_out(page):
    page.evaluate(SEEN, SAYING)
    page.set_viewport_size({"width": A4, "height": 1000})
    page.emulate_media(media="print")


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_page_is_printed_whole_and_without_anything_to_press(
    staff, sandbox, open_browser, screenshots, language
):
    see_all(staff, sandbox)
    page = open_browser(user=staff, language=language)
    wrong = []

    own = {name: url for name, url in pages(staff, sandbox).items() if "/admin/" not in url}
    for name, url in own.items():
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 1280, "height": 860})
        page.goto(url)
        print_out(page)
        lost = page.evaluate(MISSING, [SAYING, PRESSED])
        wrong += [f"{name} does not print {text!r}" for text in lost]
        pressed = [it for it in page.locator(f"body :is({TO_PRESS})").all() if it.is_visible()]
        wrong += [f"{name} prints something to press: {it.inner_text()}" for it in pressed]
        if page.evaluate("document.documentElement.scrollWidth") > A4:
            wrong.append(f"{name} is wider than the paper")
        if screenshots:
            page.screenshot(path=screenshots / f"print-{name}-{language}.png", full_page=True)

    assert wrong == []


@pytest.mark.parametrize("url", ["/orgs/", "/orgs/?worklist=delinquent", "/orgs/?q=Clinic"])
def test_a_list_is_printed_as_a_table_with_all_its_rows(staff, sandbox, open_browser, url):
    see_all(staff, sandbox)
    page = open_browser(user=staff)
    page.goto(url)
    names = page.locator(".list .name").all_inner_texts()

    print_out(page)

    assert names
    assert [it.inner_text() for it in page.locator(".list .name").all() if it.is_visible()] == names
    assert page.locator(".list thead th").nth(1).is_visible()
    tops = [
        cell.bounding_box()["y"]
        for cell in page.locator(".list tbody tr >> nth=0 >> td").all()
        if cell.is_visible()
    ]
    assert len(tops) >= 6
    assert len(set(tops)) == 1


def test_a_printed_list_says_what_it_holds(staff, sandbox, open_browser):
    see_all(staff, sandbox)
    page = open_browser(user=staff)
    page.goto("/orgs/?brand=Visa&mode=live")

    print_out(page)

    main = page.get_by_role("main").inner_text()
    assert "Brand: Visa" in main
    assert "Mode: Live" in main


def test_a_part_of_a_list_is_printed_as_a_part(staff, sandbox, open_browser):
    see_all(staff, sandbox)
    page = open_browser(user=staff)
    for url, is_part in (("/orgs/", True), ("/orgs/?worklist=deleted", False)):
        page.emulate_media(media="screen")
        page.goto(url)
        print_out(page)
        text = page.get_by_role("main").inner_text()
        assert ("one page of the list" in text) == is_part, url


def test_the_pages_of_a_printed_list_cut_no_row(staff, sandbox, open_browser):
    see_all(staff, sandbox)
    page = open_browser(user=staff)
    page.goto("/orgs/")

    printed = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "1cm"))

    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 2


def test_printed_changes_say_of_which_kind(staff, sandbox, open_browser):
    page = open_browser(user=staff)
    page.goto("/changes/?kind=changed_expiry")

    print_out(page)

    assert page.locator("main p", has_text="Expiry changed").first.is_visible()


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_printed_list_breaks_no_date(staff, sandbox, open_browser, language):
    see_all(staff, sandbox)
    page = open_browser(user=staff, language=language)
    page.goto("/orgs/")

    print_out(page)

    cells = page.locator(".list td:is(.c-renewal, .c-since, .c-checked)").all()
    assert {lines_of(cell) for cell in cells} == {1}


def lines_of(cell) -> int:
    return cell.evaluate(
        "it => { const text = document.createRange(); text.selectNodeContents(it);"
        " return new Set([...text.getClientRects()].map((box) => box.top)).size; }"
    )
