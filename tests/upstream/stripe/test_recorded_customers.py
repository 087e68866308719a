"""Recorded customers from public projects are read as their index says."""

import csv
import json
from pathlib import Path

import pytest

from customers.upstream.stripe.stripe_customer import CustomerState, parse_customer

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "stripe_customers"
INDEX = FOLDER / "INDEX.tsv"
CUSTOMERS = 79

pytestmark = pytest.mark.skipif(
    not INDEX.exists(), reason="no ../shared/stripe_customers beside this checkout"
)

HAS_PAYMENT_METHOD = {
    CustomerState.NONE: "no",
    CustomerState.INVOICE: "no",
    CustomerState.DELETED: "no",
    CustomerState.UNKNOWN: "unknown",
}
SAID = {"true": True, "false": False, "absent": None}


def rows():
    if not INDEX.exists():
        return []
    with INDEX.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def payload_of(row):
    return json.loads((FOLDER / row["file"]).read_text(encoding="utf-8"))


def customer_of(row):
    return parse_customer(payload_of(row))


every_customer = pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])


def test_all_of_them_are_read():
    assert len(rows()) == CUSTOMERS


@every_customer
def test_whether_there_is_a_payment_method(row):
    customer = customer_of(row)

    assert HAS_PAYMENT_METHOD.get(customer.state, "yes") == row["has_payment_method"]
    assert (customer.state == CustomerState.DELETED) == (row["deleted"] == "yes")


@every_customer
def test_the_default_and_its_details(row):
    customer = customer_of(row)
    method = customer.payment_method

    default_id = "" if row["default_id"].startswith("(none") else row["default_id"]
    assert customer.default_id == default_id
    assert (method.brand.casefold() if method else "") == row["brand"].casefold()
    assert (method.last4 if method else "") == row["last4"]
    assert (method.funding if method else "") == row["funding"]
    assert str((method and method.exp_month) or "") == row["exp_month"]
    assert str((method and method.exp_year) or "") == row["exp_year"]


@every_customer
def test_delinquency_currency_and_discount(row):
    customer = customer_of(row)

    assert customer.delinquent is SAID[row["delinquent"]]
    assert customer.currency == ("" if row["currency"] in ("null", "absent") else row["currency"])
    assert (customer.discount is not None) == (row["discount"] == "yes")


@every_customer
def test_the_balance(row):
    fields = dict(field.split("=") for field in row["balance_fields"].split())
    expected = fields.get("balance", fields.get("account_balance"))

    assert customer_of(row).balance == (None if expected is None else int(expected))


@every_customer
def test_who_it_is(row):
    payload, customer = payload_of(row), customer_of(row)

    said = {} if row["deleted"] == "yes" else payload
    assert customer.phone == (said.get("phone") or "")
    assert customer.address_country == ((said.get("address") or {}).get("country") or "")
    assert customer.tax_exempt == (said.get("tax_exempt") or "")
    assert list(customer.preferred_locales) == (said.get("preferred_locales") or [])


@every_customer
def test_the_statuses_of_subscriptions(row):
    statuses = [one.status for one in customer_of(row).subscriptions if one.status]

    expected = row["subscription_statuses"].replace("None", "").split(",")
    assert statuses == [status for status in expected if status]
