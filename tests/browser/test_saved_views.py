"""Saved views in a real browser: kept once, and from then on opened and exported in two steps."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import expect

from customers.models import SavedView
from tests.helpers.pages.browser_pages import see_all
from tests.helpers.pages.lists import CARD, put_customer

DEBIT = {"active_card": CARD | {"funding": "debit"}, "delinquent": True, "currency": "eur"}


@pytest.fixture
def desk(staff, sandbox):
    for name in ("first", "second"):
        put_customer(sandbox, name, **DEBIT, email=f"pay@{name}.example")
    see_all(staff, sandbox)
    return staff


@pytest.mark.parametrize("scripts", [True, False])
def test_delinquent_visa_debit_in_a_currency_with_e_mail_for_the_second_time(
    desk, open_browser, scripts
):
    page = open_browser(user=desk, scripts=scripts)
    page.goto("/orgs/?worklist=delinquent")
    page.locator(".filter-box > summary").click()
    page.locator("#filter_brand").select_option("Visa")
    page.locator("#filter_funding").select_option("debit")
    page.locator("#filter_currency").select_option("eur")
    page.get_by_role("button", name="Apply").click()
    page.locator(".view-menu > summary").click()
    page.get_by_label("Name of the view").fill("Euro debit")
    page.get_by_role("button", name="Save view").click()
    expect(page.get_by_text("The view was saved.")).to_be_visible()
    page.goto("/orgs/")

    page.get_by_role("link", name="Euro debit").click()  # one
    expect(page.get_by_role("heading", level=1)).to_have_text("Euro debit")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export", exact=True).click()  # two

    rows = list(csv.DictReader(Path(download.value.path()).read_text().splitlines()))
    assert {row["email"] for row in rows} >= {"pay@first.example", "pay@second.example"}
    assert {(row["brand"], row["funding"], row["currency"]) for row in rows} == {
        ("Visa", "debit", "eur")
    }


def test_a_view_is_changed_shared_and_deleted_above_its_list(desk, open_browser):
    page = open_browser(user=desk)
    page.goto("/orgs/?worklist=delinquent")
    page.locator(".view-menu > summary").click()
    page.get_by_label("Name of the view").fill("Late")
    page.keyboard.press("Enter")
    expect(page.locator(".rail a[aria-current]")).to_contain_text("Late")
    expect(page.get_by_role("button", name="Update view")).to_have_count(0)

    page.get_by_role("link", name="Balance").click()
    page.get_by_role("button", name="Update view").click()
    expect(page.get_by_text("The view was updated.")).to_be_visible()

    page.locator(".view-menu > summary").click()
    page.get_by_label("Share with colleagues").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The view was changed.")).to_be_visible()
    view = SavedView.objects.get()
    assert (view.is_shared, view.parameters["sort"]) == (True, "-balance")

    page.locator(".view-menu > summary").click()
    page.get_by_role("button", name="Delete view").click()
    expect(page.get_by_text("The view was deleted.")).to_be_visible()
    expect(page.get_by_text("Saved views")).to_have_count(0)


def test_a_name_that_is_taken_is_said_and_can_be_changed(desk, open_browser):
    page = open_browser(user=desk)
    for query in ("worklist=delinquent", "worklist=expired"):
        page.goto(f"/orgs/?{query}")
        page.locator(".view-menu > summary").click()
        page.get_by_label("Name of the view").fill("Late")
        page.get_by_role("button", name="Save view").click()
    expect(page.get_by_text("You already have a view with this name.")).to_be_visible()

    page.get_by_label("Name of the view").fill("Expired")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Expired")


def test_a_phone_opens_views_from_the_sheet(desk, open_browser):
    page = open_browser(user=desk)
    page.goto("/orgs/?worklist=delinquent")
    page.locator(".view-menu > summary").click()
    page.get_by_label("Name of the view").fill("x" * 60)
    page.get_by_role("button", name="Save view").click()
    phone = open_browser(390, user=desk)
    phone.goto("/orgs/")

    phone.get_by_role("link", name="Worklists").click()
    phone.get_by_role("link", name="x" * 60).click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("x" * 60)
    overflow = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not phone.evaluate(overflow)
    phone.goto("/views/")
    assert not phone.evaluate(overflow)
