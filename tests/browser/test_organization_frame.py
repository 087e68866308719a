"""The frame of an organization: one filled button, columns that end together, nothing cut."""

import pytest
from playwright.sync_api import expect

from tests.helpers.pages.browser_pages import ORGANIZATIONS

FILLED = "main .button-main:visible"
STATES = ("card", "delinquent", "no-payment-method", "deleted", "details-not-sent", "many-cards")
# The lower ends of what stands beside each other.
ENDS = """() => ["column:nth-child(2)", "side"].map((name) =>
    Math.round(document.querySelector(`.record > .${name}`).lastElementChild
        .getBoundingClientRect().bottom))"""


def url_of(sandbox, name):
    return f"/orgs/{sandbox.org_id(ORGANIZATIONS.get(name, name))}/"


@pytest.mark.parametrize("name", STATES)
def test_there_is_one_button_to_copy_the_reply_and_it_alone_is_filled(
    staff, sandbox, open_browser, name
):
    page = open_browser(user=staff)

    page.goto(url_of(sandbox, name))

    expect(page.get_by_role("button", name="Copy reply")).to_have_count(1)
    expect(page.locator(FILLED)).to_have_count(1)
    expect(page.locator(FILLED)).to_have_text("Copy reply")


def test_the_columns_end_together(staff, sandbox, open_browser):
    page = open_browser(user=staff)

    for name in STATES:
        page.goto(url_of(sandbox, name))
        left, right = page.evaluate(ENDS)
        assert abs(left - right) <= 1, name


def test_three_columns_of_a_wide_screen_stand_side_by_side(staff, sandbox, open_browser):
    page = open_browser(1920, user=staff)
    page.goto(url_of(sandbox, "delinquent"))

    heads = ("Suggested reply", "History", "Case")
    boxes = [page.get_by_role("heading", name=head, exact=True).bounding_box() for head in heads]

    assert boxes[0]["x"] < boxes[1]["x"] < boxes[2]["x"]
    tops = [box["y"] for box in boxes]
    assert max(tops) - min(tops) <= 2


@pytest.mark.parametrize("language", ["en", "de"])
def test_nothing_is_wider_than_a_small_phone(staff, sandbox, open_browser, language):
    page = open_browser(320, user=staff, language=language)

    for name in (*STATES, "Quarry Imaging", "Woodruff Analytics", "markup"):
        page.goto(url_of(sandbox, name))
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
    page.goto("/orgs/nowhere/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_j_and_k_go_to_the_next_organization_of_the_list_and_back(staff, sandbox, open_browser):
    page = open_browser(user=staff)
    for name in ("Bingo", "Elm Park Therapy", "Ginkgo Labs"):
        page.goto(url_of(sandbox, name))
    page.goto("/orgs/")
    page.get_by_role("link", name="Bingo").click()
    expect(page.get_by_role("heading", name="Bingo", level=1)).to_be_visible()

    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="Elm Park Therapy", level=1)).to_be_visible()
    expect(page.get_by_text("2 of 3")).to_be_visible()
    page.keyboard.press("k")

    expect(page.get_by_role("heading", name="Bingo", level=1)).to_be_visible()


def test_a_request_for_access_is_copied(staff, sandbox, open_browser):
    sandbox.put_org("bens", name="Bens Own", payment=["ben"])
    page = open_browser(user=staff)
    page.goto("/orgs/bens/")

    page.keyboard.press("c")

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Please add me to the payment list of bens in Catalyze.")
