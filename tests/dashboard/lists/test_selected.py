"""What is done with all of a list, or with the rows that are ticked."""

import csv

from customers.models import Disclosure
from tests.helpers.pages.lists import put_customer, see


def exported(response):
    assert response.status_code == 200
    return [row["org_id"] for row in csv.DictReader(response.getvalue().decode().splitlines())]


def test_ticked_rows_are_exported_and_recorded(as_ana, as_ben, sandbox):
    for name, who in (("a", ["ana"]), ("b", ["ana"]), ("bens", ["ben"])):
        put_customer(sandbox, name, who)
    see(as_ana, "a", "b")
    see(as_ben, "bens")

    response = as_ana.post("/export-selected/", {"org": ["b", "bens", "\x00"]})

    assert exported(response) == ["b"]
    assert Disclosure.objects.filter(user__username="ana", where="export").count() == 1


def test_all_of_a_list_is_exported_in_its_order(as_ana, sandbox):
    put_customer(sandbox, "late", delinquent=True)
    put_customer(sandbox, "later", delinquent=True)
    put_customer(sandbox, "fine", delinquent=False)
    see(as_ana, "late", "later", "fine")

    response = as_ana.post(
        "/export-selected/", {"all": "worklist=delinquent&sort=-name", "org": "fine"}
    )

    assert exported(response) == ["later", "late"]
    assert 'filename="delinquent-' in response["Content-Disposition"]


def test_nothing_selected_exports_nothing(as_ana, sandbox):
    put_customer(sandbox, "a")
    see(as_ana, "a")

    assert exported(as_ana.post("/export-selected/", {})) == []


def test_all_of_a_list_is_checked(as_ana, sandbox):
    for name in ("late", "later", "fine"):
        put_customer(sandbox, name, delinquent=name != "fine")
    see(as_ana, "late", "later", "fine")

    response = as_ana.post("/check-selected/", {"all": "worklist=delinquent"}, follow=True)

    assert "2 checked just now" in response.content.decode()


def test_of_a_long_list_the_first_are_checked_and_that_is_said(as_ana, sandbox, monkeypatch):
    monkeypatch.setattr("customers.dashboard.lists.selected.LONGEST_PAGE", 2)
    for name in ("a", "b", "c"):
        put_customer(sandbox, name)
    see(as_ana, "a", "b", "c")

    response = as_ana.post("/check-selected/", {"all": "sort=name"}, follow=True)

    words = response.content.decode()
    assert "2 checked just now" in words
    assert "Only the first 2 are checked at once." in words
