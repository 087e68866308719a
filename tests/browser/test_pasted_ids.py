"""Thirty ids from a spreadsheet: their state in two steps, and back in one."""

import pytest
from playwright.sync_api import expect

from tests.helpers.pages.lists import CARD

SOME = 6


def column(sandbox):
    """Thirty lines as a spreadsheet copies them: a blank one, one twice, and strangers."""
    ids = [f"00000000-0000-4000-8000-{number:012}" for number in range(25)]
    for number, org_id in enumerate(ids):
        payment = ["ben"] if number < SOME else ["ana"]
        sandbox.put_org(org_id, name=f"Clinic {number:02}", payment=payment)
        customer = {"object": "customer", "id": f"cus_{number}", "active_card": CARD}
        sandbox.put_customer(org_id, customer | {"delinquent": number == SOME})
    return [*ids, "", ids[-1], "cus_Nope", "nobody-1", "nobody@nowhere.example"]


def paste_into(page, selector, text):
    """As a person does: the clipboard has lines, which a search box has not."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.locator(selector).focus()
    page.keyboard.press("Control+V")


@pytest.mark.parametrize("width", [1280, 390])
def test_thirty_ids_from_a_spreadsheet_and_back(staff, sandbox, open_browser, width):
    lines = column(sandbox)
    page = open_browser(width, user=staff)
    page.goto("/orgs/")

    paste_into(page, "#search", "\r\n".join(lines) + "\r\n")
    page.keyboard.press("Enter")  # one: what has been asked about before is there
    expect(page.get_by_role("heading", name="28 pasted ids", exact=True)).to_be_visible()
    page.get_by_role("button", name="Ask Catalyze for 26").click()  # two: and the rest

    expect(page.get_by_role("heading", name="6 without access")).to_be_visible()
    expect(page.get_by_role("heading", name="1 unknown to Catalyze")).to_be_visible()
    expect(page.get_by_role("heading", name="2 without a match")).to_be_visible()
    expect(page.get_by_role("link", name="Clinic 06")).to_be_visible()
    assert page.locator("main .list .name").count() == 19
    overflow = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(overflow)

    page.get_by_role("button", name="Copy for the spreadsheet, 30 rows").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()").split("\n")[:-1]
    assert [line.split("\t")[0] for line in copied] == lines
    assert copied[0].endswith("\tNo access (403)")
    assert copied[SOME].split("\t")[1:5] == [
        *("Clinic 06", lines[SOME], "Delinquent", "Visa •••• 4242"),
    ]


def test_the_same_without_scripts(staff, sandbox, open_browser):
    lines = column(sandbox)
    page = open_browser(user=staff, scripts=False)
    page.goto("/orgs/pasted/")

    page.get_by_label("Ids", exact=True).fill("\n".join(lines))
    page.get_by_role("button", name="Show these").click()
    page.get_by_role("button", name="Ask Catalyze for 26").click()
    while page.get_by_role("button", name="Continue asking").count():
        page.get_by_role("button", name="Continue asking").click()

    expect(page.get_by_role("heading", name="6 without access")).to_be_visible()
    expect(page.get_by_role("button", name="Copy for the spreadsheet")).to_be_hidden()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download text").click()
    told = download.value.path().read_text().split("\n")[:-1]
    assert [line.split("\t")[0] for line in told] == lines
