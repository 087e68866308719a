"""What an import would do is said line by line, and exactly that is done."""

import io

import pytest

from customers.models import Organization
from customers.services.organizations import csv_import
from customers.services.organizations.csv_import import (
    Act,
    ChangedMeanwhile,
    import_organizations,
    plan_import,
)

FILE = (
    "org_id,name,description\n"
    "new,New,Added\n"
    "known,Renamed,\n"
    "same,Same,\n"
    "a/b,Path,\n"
    "theirs,Theirs,\n"
    "new,Again,\n"
)


@pytest.fixture(autouse=True)
def _known(db):
    for name in ("Known", "Same"):
        imported = {"imported_name": name, "is_imported": True}
        Organization.objects.create(org_id=name.lower(), name=name, **imported)
    Organization.objects.create(org_id="theirs", name="Theirs")  # as Catalyze has it


def opened(text=FILE):
    return io.StringIO(text, newline="")


def held():
    rows = Organization.objects.order_by("org_id")
    return list(rows.values_list("org_id", "name", "imported_name", "description"))


def test_each_line_is_added_changed_kept_or_refused():
    before = held()

    plan = plan_import(opened())

    assert [(row.line, row.act, row.org_id) for row in plan.added] == [(2, Act.ADD, "new")]
    renamed, confirmed = plan.changed
    assert (renamed.line, renamed.name_before, renamed.name) == (3, "Known", "Renamed")
    assert (confirmed.line, confirmed.is_same_text) == (6, True)
    assert [row.line for row in plan.report.refused] == [5, 7]
    counts = plan.report.added, plan.report.updated, plan.report.unchanged
    assert counts == (1, 2, 1)
    assert held() == before


def test_what_was_planned_is_what_is_done():
    plan = plan_import(opened())

    report = import_organizations(opened(), plan.batches)

    assert (report.added, report.updated, report.unchanged) == (1, 2, 1)
    assert report.refused == plan.report.refused
    assert held() == [
        ("known", "Renamed", "Renamed", ""),
        ("new", "New", "New", "Added"),
        ("same", "Same", "Same", ""),
        ("theirs", "Theirs", "Theirs", ""),
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda: Organization.objects.filter(org_id="known").update(name="Renamed elsewhere"),
        lambda: Organization.objects.filter(org_id="same").update(description="More"),
        lambda: Organization.objects.create(org_id="new"),
        lambda: Organization.objects.filter(org_id="same").delete(),
    ],
)
def test_nothing_else_is_done(change):
    plan = plan_import(opened())
    change()
    before = held()

    with pytest.raises(ChangedMeanwhile):
        import_organizations(opened(), plan.batches)

    assert held() == before
    assert plan_import(opened()).digest != plan.digest


def test_what_changes_on_the_way_stops_it_there(monkeypatch):
    monkeypatch.setattr(csv_import, "_BATCH", 2)
    plan = plan_import(opened())
    Organization.objects.filter(org_id="theirs").update(description="More")

    with pytest.raises(ChangedMeanwhile) as raised:
        import_organizations(opened(), plan.batches)

    assert (raised.value.report.added, raised.value.report.updated) == (1, 1)
    assert ("theirs", "Theirs", "", "More") in held()


def test_a_longer_file_is_not_what_was_planned(monkeypatch):
    monkeypatch.setattr(csv_import, "_BATCH", 2)
    plan = plan_import(opened())

    with pytest.raises(ChangedMeanwhile):
        import_organizations(opened(FILE + "more,More,\nmost,Most,\n"), plan.batches)

    assert not Organization.objects.filter(org_id="most").exists()


def test_what_is_listed_is_bounded_and_what_is_counted_is_not():
    lines = "".join(f"org-{number},N,\n" for number in range(1200))

    plan = plan_import(opened("org_id,name,description\n" + lines), most=7)

    assert len(plan.added) == 7
    assert plan.report.added == 1200
    assert len(plan.batches) == 3
