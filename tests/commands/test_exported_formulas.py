"""No CSV cell is a formula, whoever wrote the text."""

import csv
import io

import pytest

from customers.models import Customer, Organization
from customers.services.disclosures.request_origin import Origin, asked_from
from tests.helpers.commands import run

STARTS = ["=", "+", "-", "@", "|", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "\u00a0@"]


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline="")))


@pytest.fixture(params=STARTS, ids=ascii)
def formula(request, signed_in_ana, sandbox):
    """A text that a spreadsheet would execute, in each column."""
    bingo = sandbox.org_id("Bingo")
    assert run("show_customer", bingo, "--user", "ana").code == 0
    formula = f"{request.param}cmd|' /C calc'!A0"
    Organization.objects.update(name=formula)
    Customer.objects.update(customer_id=formula, brand=formula, last4=formula, funding=formula)
    return formula


def test_in_an_export_by_the_command(formula):
    (row,) = rows_of(run("export_customers", "--user", "ana").out)

    told = {row["name"], row["customer_id"], row["brand"], row["last4"], row["funding"]}
    assert told == {f"'{formula}"}


@pytest.mark.parametrize("format_", ["csv", "excel"])
def test_in_an_export_by_the_page(formula, as_ana, format_):
    (row,) = rows_of(as_ana.get(f"/export/?format={format_}").getvalue().decode())

    told = {row["name"], row["customer_id"], row["brand"], row["last4"], row["funding"]}
    assert told == {f"'{formula}"}


def test_in_an_export_of_the_disclosure_log(formula, sandbox):
    with asked_from(Origin(purpose=formula)):
        run("show_customer", sandbox.org_id("Bingo"), "--user", "ana")

    *_, row = rows_of(run("export_disclosures").out)

    assert row["purpose"] == f"'{formula}"
