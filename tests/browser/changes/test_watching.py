"""Being told of a change in a real browser, and finding what changed, with and without scripts."""

import pytest
from playwright.sync_api import expect

from customers.services.checking.check import check

NAME = "Elm Park Therapy"


@pytest.fixture
def org_id(staff, sandbox):
    """An organization that is delinquent at first."""
    org_id = sandbox.org_id(NAME)
    customer = {"object": "customer", "id": "cus_elm", "delinquent": True, "active_card": None}
    sandbox.put_customer(org_id, customer)
    check(staff, org_id)
    return org_id


def pays(staff, sandbox, org_id):
    customer = {"object": "customer", "id": "cus_elm", "delinquent": False, "active_card": None}
    sandbox.put_customer(org_id, customer)
    check(staff, org_id)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [1280, 390])
def test_told_at_the_bell_that_an_organization_pays(
    staff, sandbox, open_browser, org_id, width, scripts
):
    page = open_browser(width, user=staff, scripts=scripts)
    page.goto(f"/orgs/{org_id}/")
    page.get_by_role("button", name="Watch", exact=True).click()
    expect(page.get_by_role("button", name="Watching", exact=True)).to_be_visible()
    expect(page.get_by_text("The bell above shows what changes.")).to_be_visible()
    pays(staff, sandbox, org_id)

    page.goto("/orgs/")
    bell = page.get_by_role("link", name="Watched changes")
    expect(bell).to_have_accessible_name("Watched changes, unread: 1")
    bell.click()
    line = page.get_by_role("row").filter(has_text=NAME)
    expect(line).to_contain_text("unread")
    expect(line).to_contain_text("No longer delinquent")
    line.get_by_role("link", name=NAME).click()

    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    expect(page.get_by_role("link", name="Watched changes")).to_have_accessible_name(
        "Watched changes"
    )


def test_all_are_marked_as_read_without_leaving(staff, sandbox, open_browser, org_id):
    page = open_browser(user=staff)
    page.goto(f"/orgs/{org_id}/")
    page.keyboard.press("w")
    expect(page.get_by_role("button", name="Watching", exact=True)).to_be_visible()
    pays(staff, sandbox, org_id)
    page.goto("/changes/?whose=watched")

    page.get_by_role("button", name="Mark all as read").click()

    expect(page.get_by_text("All marked as read.")).to_be_visible()
    expect(page.locator(".changes .dot")).to_have_count(0)
    expect(page.get_by_role("row").filter(has_text=NAME)).to_be_visible()
    expect(page.locator(".unread-count")).to_have_count(0)


def test_selected_rows_are_watched_from_the_bar(staff, sandbox, open_browser, org_id):
    page = open_browser(user=staff, scripts=False)
    page.goto("/orgs/")
    page.get_by_label(f"Select {NAME}").check()

    page.locator(".bulk").get_by_role("button", name="Watch", exact=True).click()
    page.goto("/orgs/?worklist=watched")

    expect(page.locator(".list .name")).to_have_text([NAME])


@pytest.mark.parametrize("scripts", [True, False])
def test_what_changed_since_friday_is_two_clicks_away(
    staff, sandbox, open_browser, org_id, scripts
):
    pays(staff, sandbox, org_id)
    page = open_browser(user=staff, scripts=scripts)
    page.goto("/")

    page.get_by_role("link", name="Changes", exact=True).click()
    page.get_by_role("link", name="Since Friday").click()

    expect(page.get_by_role("row").filter(has_text=NAME)).to_contain_text("No longer delinquent")
    expect(page.get_by_role("link", name="Since Friday")).to_have_attribute("aria-current", "true")


def test_kinds_are_chosen_in_the_filter_and_rows_gone_through_by_key(
    staff, sandbox, open_browser, org_id
):
    pays(staff, sandbox, org_id)
    page = open_browser(user=staff)
    page.goto("/changes/")
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("No longer delinquent").check()
    page.get_by_label("Balance changed").check()
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("1 change, newest first.")).to_be_visible()
    expect(page.locator(".chip")).to_contain_text(["No longer delinquent", "Balance changed"])

    page.keyboard.press("j")

    expect(page.get_by_role("link", name=NAME)).to_be_focused()
