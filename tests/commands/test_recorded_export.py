"""Recorded customers from public projects, from the sandbox to an export."""

import csv
import json
import shutil

import pytest

from tests.helpers.commands import Portal
from tests.helpers.sandbox_process import PROJECT, SandboxProcess

FOLDER = PROJECT.parent / "shared" / "stripe_customers"
INDEX = FOLDER / "INDEX.tsv"
CUSTOMERS = 79

pytestmark = pytest.mark.skipif(
    not INDEX.exists(), reason="no ../shared/stripe_customers beside this checkout"
)

HAS_PAYMENT_METHOD = {
    "card": "yes",
    "bank_account": "yes",
    "other": "yes",
    "details_not_sent": "yes",
    "unlisted": "yes",
    "invoice": "no",
    "none": "no",
    "deleted": "no",
    "unknown": "unknown",
}
SAID = {"true": True, "false": False, "absent": None}


def index():
    if not INDEX.exists():
        return []
    with INDEX.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


every_customer = pytest.mark.parametrize("row", index(), ids=lambda row: row["file"])


@pytest.fixture(scope="module")
def portal(migrated, tmp_path_factory):
    """A portal in which Ana has synced the recorded customers; Ben has no credentials."""
    database = tmp_path_factory.mktemp("recorded") / "portal.sqlite3"
    shutil.copy(migrated, database)
    with SandboxProcess("--customers", str(FOLDER), "--only-folder") as sandbox:
        portal = Portal(database, sandbox)
        portal.make_user("ben")
        assert portal.import_all().code == 0
        assert portal.set_credentials("ana").code == 0
        ran = portal.run("sync_customers", "--json")
        assert (ran.code, ran.err) == (0, "")
        yield portal


@pytest.fixture(scope="module")
def exported(portal):
    ran = portal.run("export_customers", "--user=ana", "--format=jsonl")
    assert (ran.code, ran.err) == (0, "")
    return {f"{row['org_id']}.json": row for row in ran.objects}


def number(text):
    return int(text) if text else None


def test_someone_else_exports_none_of_them(portal):
    assert portal.run("export_customers", "--user=ben", "--format=jsonl").out == ""


def test_someone_with_credentials_but_without_access_exports_none_of_them(portal):
    assert portal.set_credentials("ben").code == 0
    synced = portal.run("sync_customers", "--user=ben", "--json")

    exported = portal.run("export_customers", "--user=ben", "--format=jsonl")

    assert synced.object["outcomes"] == {"denied": CUSTOMERS}
    assert exported.out == ""


def test_all_of_them_are_exported_once(portal):
    lines = portal.run("export_customers", "--user=ana", "--format=jsonl").out.splitlines()

    assert len(lines) == CUSTOMERS
    assert {f"{json.loads(line)['org_id']}.json" for line in lines} == {
        row["file"] for row in index()
    }


@every_customer
def test_whether_there_is_a_payment_method(exported, row):
    state = exported[row["file"]]["state"]

    assert HAS_PAYMENT_METHOD[state] == row["has_payment_method"]
    assert (state == "deleted") == (row["deleted"] == "yes")


@every_customer
def test_the_card(exported, row):
    found = exported[row["file"]]

    assert (found["brand"] or "").casefold() == row["brand"].casefold()
    assert found["last4"] == (row["last4"] or None)
    assert found["exp_month"] == number(row["exp_month"])
    assert found["exp_year"] == number(row["exp_year"])
    assert found["funding"] == (row["funding"] or None)


@every_customer
def test_the_account(exported, row):
    found = exported[row["file"]]
    balances = dict(field.split("=") for field in row["balance_fields"].split())

    assert found["delinquent"] is SAID[row["delinquent"]]
    assert found["balance"] == number(balances.get("balance", balances.get("account_balance")))
    currency = None if row["currency"] in ("", "null", "absent") else row["currency"]
    assert found["currency"] == currency
