"""Exports of the list, in every format."""

import csv
import json

from customers.models import Disclosure
from tests.helpers.pages.lists import CARD, put_customer, see


def test_an_export_holds_exactly_what_the_list_shows(as_ana, as_ben, sandbox):
    put_customer(sandbox, "late", delinquent=True)
    put_customer(sandbox, "fine", delinquent=False)
    put_customer(sandbox, "bens", ["ben"], delinquent=True)
    see(as_ana, "late", "fine")
    see(as_ben, "bens")

    response = as_ana.get("/export/?worklist=delinquent")

    rows = list(csv.DictReader(response.getvalue().decode().splitlines()))
    assert [row["org_id"] for row in rows] == ["late"]
    assert rows[0]["last4"] == "4242"
    assert Disclosure.objects.filter(user__username="ana", where="export").count() == 1


def test_an_export_in_json_lines_says_unknown_as_null(as_ana, sandbox):
    put_customer(sandbox, "unknown")
    see(as_ana, "unknown")

    response = as_ana.get("/export/?format=jsonl")

    assert json.loads(response.getvalue())["delinquent"] is None


def test_an_export_for_excel_is_offered_and_keeps_leading_zeros(as_ana, sandbox):
    put_customer(sandbox, "00420", active_card=CARD | {"last4": "0007"})
    see(as_ana, "00420")

    page = as_ana.get("/orgs/?sort=-changed").content.decode()
    response = as_ana.get("/export/?format=excel")

    assert 'href="/export/?sort=-changed"' in page
    assert 'href="/export/?sort=-changed&amp;format=excel">CSV for Excel</a>' in page
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].endswith('-excel.csv"')
    text = response.getvalue().decode()
    assert text.startswith("\ufefforg_id,name,")
    assert '"=""00420""",' in text
    assert ',Visa,"=""0007""",5,2031,2031-05-31,' in text


def test_a_format_that_nobody_knows_is_csv(as_ana, sandbox):
    put_customer(sandbox, "anas")
    see(as_ana, "anas")

    plain = as_ana.get("/export/")
    other = as_ana.get("/export/?format=xml")

    assert other.getvalue() == plain.getvalue()
    assert plain["Content-Disposition"].endswith('.csv"')
    assert "excel" not in plain["Content-Disposition"]
