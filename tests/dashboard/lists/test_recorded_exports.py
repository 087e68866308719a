"""Who exports is recorded before the first line, by pages and commands."""

import pytest

from customers.models import SecurityEvent
from tests.conftest import browser_of
from tests.helpers.commands import run
from tests.helpers.pages.pasted_lists import paste
from tests.helpers.rows import give_credentials, show


@pytest.fixture
def browser(ana):
    """Of Ana, who may see one organization."""
    give_credentials(ana)
    show(ana, "north")
    return browser_of(ana)


def exports():
    """By whom, and what the event says of it."""
    events = SecurityEvent.objects.filter(code="disclosure.export").order_by("pk")
    return [(event.username, event.detail) for event in events]


def said(what, format_, **options):
    return {"what": what, "format": format_, "options": options}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/export/?format=excel", said("organizations", "excel")),
        ("/changes/export/?format=jsonl", said("changes", "jsonl")),
        ("/reports/cards/export/", None),
    ],
)
def test_a_page_that_exports(browser, address, expected):
    response = browser.get(address)

    assert response.status_code == 200
    assert exports() == ([("ana", expected)] if expected else [])


def test_a_pasted_list(browser):
    address = paste(browser, "north")
    for place in ("export/", "text/"):
        assert browser.get(f"{address}{place}").status_code == 200

    assert exports() == [
        ("ana", said("organizations", "csv")),
        ("ana", said("organizations", "text")),
    ]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (("export_customers", "--user=ana"), ("ana", said("organizations", "csv"))),
        (("export_disclosures",), ("", said("disclosures", "csv"))),
        (("export_access",), ("", said("access", "csv"))),
        (
            ("export_access", "--user=ana", "--proofs", "--format=jsonl"),
            ("", said("access", "jsonl", user=["ana"], proofs=True)),
        ),
        (
            ("export_disclosures", "--org=north", "--user=ana", "--since=2026-11-01"),
            (
                "",
                said(
                    "disclosures",
                    "csv",
                    since="2026-11-01T00:00:00+00:00",
                    org=["north"],
                    user=["ana"],
                ),
            ),
        ),
        (("export_security_events",), ("", said("security_events", "jsonl"))),
    ],
)
def test_a_command_that_exports(browser, command, expected):
    ran = run(*command)

    assert (ran.code, ran.err) == (0, "")
    assert exports() == [expected]


def test_who_may_not_export_leaves_no_event(browser, ana):
    ana.groups.clear()

    assert browser.get("/export/").status_code == 403
    assert exports() == []
