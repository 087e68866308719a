"""The log is read line by line of what was shown together, whatever it is narrowed to."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from customers.models import Disclosure, Organization
from customers.services.disclosures import log_pages
from customers.services.disclosures.log import record
from customers.services.disclosures.log_pages import LogFilter, log_page
from customers.services.disclosures.request_origin import Origin
from tests.helpers.rows import make_customer, make_organization


@pytest.fixture
def clinics(db):
    return [make_customer(make_organization(f"clinic-{number}")) for number in range(5)]


def lines(page):
    return [(line.entry.username, line.entry.where, line.count) for line in page.lines]


def test_what_was_shown_together_is_one_line(ana, ben, clinics):
    record(ana, clinics, "list", Origin())
    record(ben, clinics[:1], "page", Origin())

    page = log_page(LogFilter())

    assert lines(page) == [("ben", "page", 1), ("ana", "list", 5)]
    assert page.before is None
    assert [org_id for org_id, _ in page.lines[1].named] == ["clinic-4", "clinic-3", "clinic-2"]
    assert page.lines[1].left == 2


def test_organizations_have_their_present_names(ana, clinics):
    record(ana, clinics[:1], "page", Origin())
    Organization.objects.filter(org_id="clinic-0").update(name="Northwind")

    assert log_page(LogFilter()).lines[0].named == [("clinic-0", "Northwind")]

    Organization.objects.filter(org_id="clinic-0").delete()
    assert log_page(LogFilter()).lines[0].named == [("clinic-0", "")]


def test_two_lists_of_one_user_are_two_lines(ana, clinics):
    record(ana, clinics, "list", Origin())
    record(ana, clinics, "list", Origin())

    assert lines(log_page(LogFilter())) == [("ana", "list", 5), ("ana", "list", 5)]


def test_entries_of_former_releases_stand_alone(ana, clinics):
    record(ana, clinics[:2], "page", Origin(shown_together=""))

    assert lines(log_page(LogFilter())) == [("ana", "page", 1), ("ana", "page", 1)]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (LogFilter(username="ben"), [("ben", "page", 1)]),
        (LogFilter(where="list"), [("ana", "list", 5)]),
        (LogFilter(organization="clinic-4"), [("ana", "list", 1)]),
        (LogFilter(organization="clinic-0"), [("ben", "page", 1), ("ana", "list", 1)]),
        (LogFilter(organization="ÉCLAIR clinic"), [("ben", "page", 1), ("ana", "list", 1)]),
        (LogFilter(organization="nobody"), []),
        (LogFilter(username="ana", where="page"), []),
        (LogFilter(username="ben", purpose="7"), [("ben", "page", 1)]),
        (LogFilter(username="ana", purpose="7"), []),
        (LogFilter(together="of ana"), [("ana", "list", 1)] * 5),
    ],
)
def test_it_is_narrowed_by_user_organization_way_and_purpose(ana, ben, clinics, wanted, expected):
    organization = clinics[0].organization
    organization.name = "Eclair Clinic"
    organization.save()
    record(ana, clinics, "list", Origin(shown_together="of ana"))
    record(ben, clinics[:1], "page", Origin(purpose="ticket 7"))

    assert lines(log_page(wanted)) == expected


def test_a_purpose_alone_narrows_nothing(ana, clinics):
    record(ana, clinics[:1], "page", Origin())

    assert len(log_page(LogFilter(purpose="7")).lines) == 1
    assert not LogFilter(purpose="7").is_narrow


def test_a_day_is_the_readers(ana, clinics):
    record(ana, clinics[:1], "page", Origin())
    seen_at = Disclosure.objects.get().seen_at

    for name in ("Pacific/Kiritimati", "Pacific/Niue"):
        with timezone.override(ZoneInfo(name)):
            day = timezone.localdate(seen_at)
            assert len(log_page(LogFilter(day=day)).lines) == 1
            assert log_page(LogFilter(day=day - timedelta(days=1))).lines == []
            assert log_page(LogFilter(day=day + timedelta(days=1))).lines == []
            assert len(log_page(LogFilter(day=day, organization="clinic-0")).lines) == 1


def test_an_empty_log_has_an_empty_page(db):
    assert log_page(LogFilter(day=datetime(2026, 1, 1).date())).lines == []
    assert log_page(LogFilter()).before is None


def test_pages_follow_each_other_without_a_gap(ana, clinics, monkeypatch):
    monkeypatch.setattr(log_pages, "LINES", 2)
    for _ in range(5):
        record(ana, clinics, "list", Origin())

    counts, before = [], None
    while True:
        page = log_page(LogFilter(), before)
        counts += [line.count for line in page.lines]
        if (before := page.before) is None:
            break

    assert counts == [5] * 5


@pytest.mark.parametrize("read", [3, 5, 7])
def test_a_line_longer_than_a_page_reads_goes_on(ana, clinics, monkeypatch, read):
    monkeypatch.setattr(log_pages, "_READ", read)
    record(ana, clinics[:1], "page", Origin())
    together = Origin()
    record(ana, clinics * 4, "export", together)

    first = log_page(LogFilter())

    assert (first.lines[0].count, first.lines[0].goes_on) == (read, True)
    then = log_page(LogFilter(), first.before)
    assert lines(then) == [("ana", "page", 1)]  # the rest of the line is passed over
    assert then.before is None


def test_what_stands_within_a_long_line_is_not_passed_over(ana, ben, clinics, monkeypatch):
    monkeypatch.setattr(log_pages, "_READ", 3)
    together = Origin()
    record(ana, clinics, "export", together)
    record(ben, clinics[:1], "page", Origin())
    record(ana, clinics, "export", together)

    found, before = [], None
    while True:
        page = log_page(LogFilter(), before)
        found += lines(page)
        if (before := page.before) is None:
            break

    assert found.count(("ben", "page", 1)) == 1
    assert found[-1][0] == "ana"


def test_a_page_is_three_statements(ana, clinics):
    for _ in range(60):
        record(ana, clinics, "list", Origin())

    with CaptureQueriesContext(connection) as queries:
        assert len(log_page(LogFilter(username="ana")).lines) == 50

    assert len(queries) == 3
