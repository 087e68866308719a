"""The overview and the reports in a real browser."""

import pytest
from playwright.sync_api import expect

from customers.models import CaseStep
from tests.helpers.pages.cut_off import CUT

# Names and reasons may be cut, and have a title.
BOUND, FREE = ".queue :is(td, thead th), .tile, .panel .button", ".q-why"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_case_is_taken_with_one_click_and_is_then_mine(everything, open_browser, scripts):
    page = open_browser(user=everything, scripts=scripts)
    page.goto("/")
    name = page.locator(".queue .name").first.inner_text()

    page.get_by_role("button", name=f"Take {name}").click()

    expect(page.get_by_text("1 case is now yours.")).to_be_visible()
    expect(page).to_have_url("/")
    expect(page.locator(".queue").get_by_role("link", name=name)).to_have_count(0)
    page.get_by_role("link", name="Mine 1").click()
    expect(page.locator(".queue").get_by_role("link", name=name)).to_be_visible()
    assert CaseStep.objects.get().kind == "taken"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_case_is_snoozed_from_the_menu_of_its_row(everything, open_browser, scripts):
    page = open_browser(user=everything, scripts=scripts)
    page.goto("/")
    row = page.locator(".queue tbody tr").last
    name = row.locator(".name").inner_text()

    row.locator("summary").click()
    row.get_by_role("button", name="Until Monday").click()

    expect(page.get_by_text("1 case snoozed until")).to_be_visible()
    expect(page.locator(".queue").get_by_role("link", name=name)).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "de"])
def test_nothing_of_the_overview_is_cut_off(everything, open_browser, language):
    page = open_browser(user=everything, language=language)

    for width in (320, 390, 833, 1024, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        assert page.evaluate(CUT, [BOUND, FREE]) == [], width


def test_a_chart_has_its_table_behind_it_without_scripts(everything, open_browser):
    page = open_browser(user=everything, scripts=False)
    page.goto("/")
    table = page.get_by_role("table").filter(has_text="Before the renewal")
    expect(table).to_be_hidden()

    page.get_by_text("As a table: Cards expiring, by month").click()

    expect(table).to_be_visible()


def test_a_report_is_read_and_downloaded(everything, open_browser):
    page = open_browser(user=everything)
    page.goto("/")
    page.get_by_role("link", name="Reports").first.click()
    expect(page.get_by_role("heading", name="Silent renewals")).to_be_visible()

    with page.expect_download() as download:
        page.get_by_role("link", name="CSV Data freshness").click()

    assert download.value.suggested_filename.startswith("freshness-")
