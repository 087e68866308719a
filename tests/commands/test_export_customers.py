"""`export_customers`: all organizations that a user has proved, and no others."""

import csv
import io

import pytest

from customers.models import Disclosure
from customers.services.lists.export import EXPORT_COLUMNS
from tests.conftest import organization
from tests.helpers.commands import run

CONTRACT = (
    "org_id,name,state,customer_id,brand,last4,exp_month,exp_year,expires_on,funding,"
    "delinquent,balance,currency,livemode,checked_at,changed_at,email,next_renewal,"
    "subscription_count,subscription_status,delinquent_since,state_since,balance_amount"
)
CARD = {"id": "card_1", "object": "card", "brand": "Visa", "last4": "0042", "exp_month": 2}
CUSTOMER = {
    "object": "customer",
    "id": "cus_1",
    "default_source": "card_1",
    "sources": {"object": "list", "data": [CARD | {"exp_year": 2031, "funding": "credit"}]},
    "account_balance": -1250,
    "currency": "usd",
    "livemode": True,
    "delinquent": False,
}

SUBSCRIPTION = {"id": "sub_1", "status": "active", "current_period_end": 1794319200}


@pytest.fixture
def stored(signed_in_ana, sandbox):
    """Prove customers for Ana, by org id."""

    def store(**customers):
        for org_id, customer in customers.items():
            sandbox.put_customer(org_id, customer)
            organization(org_id, name=f"The {org_id}")
        ran = run("sync_customers", *(f"--org={org_id}" for org_id in customers))
        assert ran.code == 0, ran.err

    return store


def rows_of_csv(ran):
    return list(csv.DictReader(io.StringIO(ran.out, newline="")))


@pytest.mark.parametrize("worklist", ["nonsense", "Delinquent"])
def test_an_unknown_worklist_is_said(ana, worklist):
    ran = run("export_customers", "--user=ana", f"--worklist={worklist}")

    assert ran.code == 1
    assert "invalid choice" in ran.err
    assert "delinquent" in ran.err


def test_an_unknown_format_is_said(ana):
    ran = run("export_customers", "--user=ana", "--format=xml")

    assert ran.code == 1
    assert "jsonl" in ran.err


def test_a_user_who_proved_nothing_exports_nothing(stored, ben, signed_in_ben):
    stored(a=CUSTOMER)

    assert run("export_customers", "--user=ben", "--format=jsonl").out == ""
    assert run("export_customers", "--user=ben").out.splitlines() == [CONTRACT]


def test_a_proof_that_ran_out_exports_nothing(stored, settings):
    stored(a=CUSTOMER)
    settings.ACCESS_PROOF_TTL *= 0

    assert run("export_customers", "--user=ana", "--format=jsonl").out == ""


def test_forgotten_credentials_export_nothing(stored, signed_in_ana):
    stored(a=CUSTOMER)
    signed_in_ana.credentials.delete()

    assert run("export_customers", "--user=ana", "--format=jsonl").out == ""


def test_the_columns_are_the_contract(stored):
    stored(a=CUSTOMER)

    ran = run("export_customers", "--user=ana")

    assert ran.out.splitlines()[0] == CONTRACT
    assert ",".join(EXPORT_COLUMNS) == CONTRACT
    assert list(run("export_customers", "--user=ana", "--format=jsonl").object) == list(
        EXPORT_COLUMNS
    )


def test_a_row_of_jsonl_has_types(stored):
    stored(a=CUSTOMER)

    row = run("export_customers", "--user=ana", "--format=jsonl").object

    times = {name: row.pop(name) for name in ("checked_at", "changed_at", "state_since")}
    assert row == {
        "org_id": "a",
        "name": "The a",
        "state": "card",
        "customer_id": "cus_1",
        "brand": "Visa",
        "last4": "0042",
        "exp_month": 2,
        "exp_year": 2031,
        "expires_on": "2031-02-28",
        "funding": "credit",
        "delinquent": False,
        "balance": -1250,
        "currency": "usd",
        "livemode": True,
        "email": None,
        "next_renewal": None,
        "subscription_count": None,
        "subscription_status": None,
        "delinquent_since": None,
        "balance_amount": "-12.50",
    }
    assert times["state_since"] == times["changed_at"]
    assert all("T" in at and at.endswith("+00:00") for at in times.values())


def test_unknown_is_null_and_not_no(stored):
    stored(a={"object": "customer", "id": "cus_1", "delinquent": None})

    row = run("export_customers", "--user=ana", "--format=jsonl").object

    unknown = ("brand", "last4", "exp_month", "exp_year", "expires_on", "funding", "delinquent")
    assert [row[name] for name in (*unknown, "balance", "currency", "livemode")] == [None] * 10
    assert row["state"] == "unknown"


def test_a_row_of_csv_keeps_leading_zeros_and_says_true_or_false(stored):
    stored(a=CUSTOMER, b={"object": "customer", "id": "cus_2"})

    first, second = rows_of_csv(run("export_customers", "--user=ana"))

    assert (first["last4"], first["delinquent"], first["livemode"]) == ("0042", "false", "true")
    assert first["balance"] == "-1250"
    assert (second["last4"], second["delinquent"], second["balance"]) == ("", "", "")


@pytest.mark.parametrize("name", ['=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", " =1", "\uff1d1"])
def test_a_cell_is_never_a_formula(signed_in_ana, sandbox, name):
    sandbox.put_customer("a", CUSTOMER)
    organization("a", name=name)
    run("sync_customers", "--org=a")

    in_csv = rows_of_csv(run("export_customers", "--user=ana"))[0]["name"]
    in_jsonl = run("export_customers", "--user=ana", "--format=jsonl").object["name"]

    assert in_csv == f"'{name}"
    assert in_jsonl == name


def test_commas_quotes_and_lines_stay_in_their_cell(signed_in_ana, sandbox):
    sandbox.put_customer("a", CUSTOMER)
    organization("a", name='One, "two"\nthree')
    run("sync_customers", "--org=a")

    assert rows_of_csv(run("export_customers", "--user=ana"))[0]["name"] == 'One, "two"\nthree'
    assert len(run("export_customers", "--user=ana", "--format=jsonl").objects) == 1


def test_a_worklist_narrows_the_rows(stored):
    stored(a=CUSTOMER, b=CUSTOMER | {"delinquent": True}, c=CUSTOMER | {"delinquent": None})

    ran = run("export_customers", "--user=ana", "--worklist=delinquent", "--format=jsonl")

    assert [row["org_id"] for row in ran.objects] == ["b"]


def test_every_row_is_in_the_disclosure_log(stored, signed_in_ana):
    stored(a=CUSTOMER, b=CUSTOMER)

    run("export_customers", "--user=ana")

    seen = Disclosure.objects.filter(user=signed_in_ana, where="command")
    assert {view.organization.org_id for view in seen} == {"a", "b"}


def test_more_rows_than_one_chunk_are_all_exported(signed_in_ana, sandbox):
    numbers = range(620)
    for number in numbers:
        organization(f"org-{number:03}")
    sandbox.set_fault("status", status=200, body='{"object": "customer", "id": "cus_1"}')
    run("sync_customers")

    rows = run("export_customers", "--user=ana", "--format=jsonl").objects

    assert sorted(row["org_id"] for row in rows) == [f"org-{number:03}" for number in numbers]


def test_since_is_when_the_first_answer_said_so(stored, sandbox):
    stored(a=CUSTOMER)
    before = run("export_customers", "--user=ana", "--format=jsonl").object
    sandbox.put_customer("a", CUSTOMER | {"delinquent": True, "subscription": SUBSCRIPTION})
    assert run("sync_customers", "--org=a").code == 0
    first = run("export_customers", "--user=ana", "--format=jsonl").object

    assert run("sync_customers", "--org=a").code == 0
    row = run("export_customers", "--user=ana", "--format=jsonl").object

    assert row["checked_at"] > first["checked_at"]
    assert row["delinquent_since"] == first["checked_at"]
    assert row["state_since"] == before["checked_at"]
    assert (row["next_renewal"], row["subscription_status"]) == ("2026-11-10", "active")
    assert row["subscription_count"] == 1


def test_a_negative_amount_is_a_number_in_csv(stored):
    stored(a=CUSTOMER)

    assert rows_of_csv(run("export_customers", "--user=ana"))[0]["balance_amount"] == "-12.50"
