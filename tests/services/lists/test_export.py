"""Exports: fixed columns, typed JSON, cells that no spreadsheet runs, each row on record."""

from datetime import UTC, date, datetime

import pytest

from customers.models import Customer, Disclosure, Organization
from customers.services.access.visible import visible_customers
from customers.services.lists.export import export, export_row
from tests.helpers.exports import AFTER, FIRST, SEEN, objects_of, rows_of, text_of
from tests.helpers.rows import ago, make_customer, make_organization, show

HEADER = (
    "org_id,name,state,customer_id,brand,last4,exp_month,exp_year,expires_on,funding,"
    "delinquent,balance,currency,livemode,checked_at,changed_at,"
    "email,next_renewal,subscription_count,subscription_status,delinquent_since,state_since,"
    "balance_amount"
)
COLUMNS = HEADER.split(",")
CHECKED = datetime(2026, 11, 19, 14, 2, tzinfo=UTC)
FULL = {
    "customer_id": "cus_1",
    "last4": "0042",
    "exp_month": 5,
    "exp_year": 2031,
    "expires_on": date(2031, 5, 31),
    "funding": "credit",
    "delinquent": True,
    "balance": -1250,
    "currency": "usd",
    "livemode": False,
    "checked_at": CHECKED,
    "changed_at": CHECKED,
    "email": "billing@northwind.example",
    "next_renewal": datetime(2026, 12, 3, 9, 30, tzinfo=UTC),
    "subscription_count": 2,
    "subscription_status": "past_due",
    "first_checked_at": FIRST,
    "delinquent_after": AFTER,
    "delinquent_seen_at": SEEN,
}
UNKNOWN = {
    "state": Customer.State.NONE,
    "customer_id": "",
    "brand": "",
    "last4": "",
    "delinquent": None,
    "balance": None,
    "currency": "",
    "livemode": None,
    "checked_at": CHECKED,
}


def test_what_the_user_may_not_see_is_no_row(ana, anas, ben, bens):
    show(ben, "theirs")
    make_customer(make_organization("nobodys"))
    show(ana, "mine")

    assert [row["org_id"] for row in rows_of(ana)] == ["mine"]
    assert [row["org_id"] for row in objects_of(ana)] == ["mine"]


def test_an_empty_export_has_its_header(ana):
    assert text_of(ana, "csv") == f"{HEADER}\r\n"
    assert text_of(ana, "jsonl") == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝", "＋", "＠"])
def test_a_cell_that_a_spreadsheet_would_run_is_led_by_an_apostrophe(ana, anas, start):
    name = f'{start}HYPERLINK("http://x.example")'
    show(ana, "northwind", name=name)

    assert rows_of(ana)[0]["name"] == f"'{name}"


@pytest.mark.parametrize(
    "column",
    ["customer_id", "brand", "last4", "funding", "currency", "email", "subscription_status"],
)
def test_every_text_from_outside_is_guarded(ana, anas, column):
    show(ana, "northwind", **{column: "=1+1"})

    assert rows_of(ana)[0][column] == "'=1+1"


def test_an_org_id_is_guarded_too(ana, anas):
    show(ana, "=1+1")

    assert rows_of(ana)[0]["org_id"] == "'=1+1"


def test_jsonl_is_data_and_stays_as_it_is(ana, anas):
    show(ana, "northwind", name="=1+1")

    assert objects_of(ana)[0]["name"] == "=1+1"


def test_a_negative_balance_stays_a_number(ana, anas):
    show(ana, "northwind", balance=-1250)

    assert rows_of(ana)[0]["balance"] == "-1250"


@pytest.mark.parametrize(
    "name",
    ["Клиника «Здоровье»", "מרפאת", "桜", "🏥", 'a "b", c', "two\nlines", "a\u2028b", "O'Hara"],
)
def test_every_text_comes_back_as_it_was(ana, anas, name):
    show(ana, "northwind", name=name)

    assert rows_of(ana)[0]["name"] == name
    assert objects_of(ana)[0]["name"] == name
    assert len(text_of(ana, "jsonl").split("\n")) == 2


def test_the_columns_are_the_contract(ana, anas):
    show(ana, "northwind", **FULL)

    assert list(rows_of(ana)[0]) == COLUMNS
    assert list(objects_of(ana)[0]) == COLUMNS


def test_a_csv_row_in_full(ana, anas):
    show(ana, "northwind", **FULL)

    assert text_of(ana, "csv").split("\r\n")[1] == (
        "northwind,Northwind Clinics,card,cus_1,Visa,0042,5,2031,2031-05-31,credit,true,-1250,"
        "usd,false,2026-11-19T14:02:00+00:00,2026-11-19T14:02:00+00:00,"
        "billing@northwind.example,2026-12-03,2,past_due,2026-10-01T14:00:00+00:00,"
        "2026-09-01T08:00:00+00:00,-12.50"
    )


def test_a_csv_row_leaves_unknown_empty(ana, anas):
    show(ana, "northwind", **UNKNOWN)

    line = text_of(ana, "csv").split("\r\n")[1]
    assert line == "northwind,Northwind Clinics,none,,,,,,,,,,,,2026-11-19T14:02:00+00:00,,,,,,,,"


def test_a_jsonl_row_has_types(ana, anas):
    show(ana, "northwind", **FULL)

    assert objects_of(ana) == [
        {
            "org_id": "northwind",
            "name": "Northwind Clinics",
            "state": "card",
            "customer_id": "cus_1",
            "brand": "Visa",
            "last4": "0042",
            "exp_month": 5,
            "exp_year": 2031,
            "expires_on": "2031-05-31",
            "funding": "credit",
            "delinquent": True,
            "balance": -1250,
            "currency": "usd",
            "livemode": False,
            "checked_at": "2026-11-19T14:02:00+00:00",
            "changed_at": "2026-11-19T14:02:00+00:00",
            "email": "billing@northwind.example",
            "next_renewal": "2026-12-03",
            "subscription_count": 2,
            "subscription_status": "past_due",
            "delinquent_since": "2026-10-01T14:00:00+00:00",
            "state_since": "2026-09-01T08:00:00+00:00",
            "balance_amount": "-12.50",
        }
    ]


def test_unknown_is_null_in_jsonl(ana, anas):
    show(ana, "northwind", **UNKNOWN)

    (row,) = objects_of(ana)
    known = {"org_id": "northwind", "name": "Northwind Clinics", "state": "none"}
    known |= {"checked_at": "2026-11-19T14:02:00+00:00"}
    assert row == dict.fromkeys(COLUMNS) | known


def test_no_delinquency_is_false_and_zero_is_zero(ana, anas):
    show(ana, "northwind", delinquent=False, balance=0)

    row = export_row(visible_customers(ana).get())

    assert (row["delinquent"], row["balance"]) == (False, 0)


def test_an_export_is_never_capped(ana, anas):
    for number in range(1201):
        show(ana, f"org-{number}")

    assert len(objects_of(ana)) == 1201


def test_an_export_starts_before_all_of_it_was_read(ana, anas):
    for number in range(600):
        show(ana, f"org-{number}")
    lines = export(ana, visible_customers(ana), "jsonl", "export")

    next(lines)

    assert Disclosure.objects.count() == 500


def test_every_exported_row_is_on_record(ana, anas):
    checked_at = ago(7)
    show(ana, "northwind", checked_at=checked_at, checked_with=ana)

    text_of(ana, "csv")

    view = Disclosure.objects.get()
    assert (view.user, view.organization) == (ana, Organization.objects.get())
    assert (view.where, view.checked_at, view.checked_with) == ("export", checked_at, ana)


@pytest.mark.parametrize(
    ("balance", "currency", "amount"),
    [
        (-500, "usd", "-5.00"),
        (0, "usd", "0.00"),
        (5, "usd", "0.05"),
        (1250, "jpy", "1250"),
        (-1250, "jpy", "-1250"),
        (-12345, "kwd", "-12.345"),
        (1250, "isk", "12.50"),
        (2**62, "usd", "46116860184273879.04"),
        (1250, "", None),
        (1250, "<i>", None),
        (1250, "usdx", None),
        (None, "usd", None),
    ],
)
def test_an_amount_has_the_decimals_of_its_currency(ana, anas, balance, currency, amount):
    show(ana, "northwind", balance=balance, currency=currency)

    assert objects_of(ana)[0]["balance_amount"] == amount
    assert rows_of(ana)[0]["balance_amount"] == (amount or "")


def test_a_renewal_is_on_a_day_of_the_portals_time_zone(ana, anas, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    show(ana, "northwind", next_renewal=datetime(2026, 12, 3, 20, 0, tzinfo=UTC))

    assert objects_of(ana)[0]["next_renewal"] == "2026-12-04"
