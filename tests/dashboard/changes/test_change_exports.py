"""Changes as a file: one row each, safe in a spreadsheet, recorded, for those who may export."""

import csv
import io
import json

from django.contrib.auth.models import Permission

from customers.models import Change, Disclosure
from tests.conftest import browser_of, make_staff
from tests.helpers.changes.feeds import changed
from tests.helpers.pages.organization import text_of
from tests.helpers.rows import show


def exported(desk, format_, **query):
    answer = desk.get("/changes/export/", {"format": format_, **query})
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()


def test_an_export_has_a_row_for_each_change(desk, clinics):
    rows = list(csv.DictReader(io.StringIO(exported(desk, "csv", kind="was_paid"))))

    change = Change.objects.get(was_paid=True)
    assert rows == [
        {
            "seen_at": change.seen_at.isoformat(),
            "changed_after": change.after.isoformat(),
            "org_id": "two",
            "name": "Clinic Two",
            "kinds": "was_paid",
            "what": "No longer delinquent",
            "seen_with": "",
        }
    ]


def test_json_lines_keep_what_belongs_together_apart(desk, ana, clinics):
    Change.objects.update(seen_with=ana)

    lines = [json.loads(line) for line in exported(desk, "jsonl").splitlines()]

    assert [line["org_id"] for line in lines] == ["one", "two", "three"]
    assert lines[1]["kinds"] == ["was_paid", "changed_balance"]
    assert lines[1]["what"] == ["No longer delinquent", "Balance: $0.00 to $12.50 owed"]
    assert {line["seen_with"] for line in lines} == {"ana"}


def test_no_cell_is_a_formula_or_a_date_to_excel(desk, ana):
    changed(show(ana, "0012", "=SUM(A1)", balance=5), 1, balance=[0, 5])

    text = exported(desk, "excel")

    assert text.startswith("\ufeff")
    assert "'=SUM(A1)" in text
    assert '"=""0012"""' in text


def test_an_export_is_recorded_once_for_each_organization(desk, ana, clinics):
    changed(clinics["one"], 3, balance=[0, 5])

    exported(desk, "csv")

    disclosures = Disclosure.objects.filter(where="export").values_list("org_id", flat=True)
    assert sorted(disclosures) == ["one", "three", "two"]


def test_who_may_not_export_is_not_offered_it(clinics, ana):
    carl = make_staff("carl")
    carl.groups.clear()
    carl.user_permissions.add(Permission.objects.get(codename="view_customer"))
    client = browser_of(carl)

    assert client.get("/changes/export/").status_code == 403
    assert "/changes/export/" not in text_of(client.get("/changes/"))
