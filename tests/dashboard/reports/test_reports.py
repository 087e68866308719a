"""The page of reports and its files."""

import csv
import html
import io

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from django.utils.translation import override

from customers.dashboard.reports.report_words import days_words, of_words
from customers.models import Change, Disclosure, SyncRun
from customers.services.history.change_kinds import kinds_of
from tests.conftest import browser_of
from tests.helpers.rows import ago, give_credentials, show

DAY = 24 * 60


@pytest.fixture
def browser(ana):
    give_credentials(ana)
    return browser_of(ana)


def change(customer, minutes, **differences):
    Change.objects.create(
        organization=customer.organization,
        after=ago(minutes + 60),
        seen_at=ago(minutes),
        differences=differences,
        **dict.fromkeys(kinds_of(differences), True),
    )


@pytest.fixture
def history(ana, browser):
    """Two renewals, one of them silent, and a failed charge that was paid."""
    for number, delinquent in enumerate((False, True)):
        card = {"brand": "Visa", "exp_month": 5, "exp_year": 2030, "delinquent": delinquent}
        change(show(ana, f"renewed-{number}", **card), 5, exp_year=[2026, 2030])
    paid = show(ana, "paid")
    change(paid, 9 * DAY, delinquent=[False, True])
    change(paid, 4 * DAY, delinquent=[True, False])


def text_of(answer) -> str:
    assert answer.status_code == 200
    return " ".join(html.unescape(answer.content.decode()).split())


def table(answer):
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode())))


def test_renewals_are_told_with_how_many_there_were(browser, history):
    text = text_of(browser.get("/reports/"))

    assert '<th scope="col" class="number"><bdi>Visa</bdi></th>' in text
    assert '<td class="number">1 of 2</td><td class="number">1 of 2</td>' in text


def test_the_files_hold_what_the_tables_say(browser, history):
    (renewals,) = table(browser.get("/reports/silent-renewals/export/"))
    assert renewals == {
        "month": f"{timezone.localdate():%Y-%m}",
        "brand": "Visa",
        "renewed": "2",
        "without_failed_charge": "1",
    }
    within = {row["within_days"]: row for row in table(browser.get("/reports/delinquency/export/"))}
    assert within["7"] == {
        "within_days": "7",
        "spells": "1",
        "paid_at_least": "1",
        "paid_at_most": "1",
    }
    ages = table(browser.get("/reports/freshness/export/"))
    assert [row["organizations"] for row in ages] == ["3", "0", "0", "0", "0", "0"]
    assert [row["meets_objective"] for row in ages] == ["true"] * 3 + ["false"] * 3
    cards = table(browser.get("/reports/cards/export/"))
    assert {"kind": "brand", "name": "Visa", "cards": "3"} in cards


def test_each_file_is_linked_for_those_who_may_export(browser, ana, history):
    names = ("silent-renewals", "delinquency", "freshness", "cards")
    text = text_of(browser.get("/reports/"))
    assert all(f'href="/reports/{name}/export/"' in text for name in names)

    ana.groups.clear()
    ana.user_permissions.add(Permission.objects.get(codename="view_customer"))

    text = text_of(browser.get("/reports/"))
    assert "/export/" not in text
    assert browser.get("/reports/cards/export/").status_code == 403


def test_there_is_no_file_of_another_name(browser):
    assert browser.get("/reports/secrets/export/").status_code == 404


def test_how_long_they_stay_delinquent_is_told_with_its_bounds(browser, history):
    text = text_of(browser.get("/reports/"))

    assert "Half are paid within <strong>5 days</strong>." in text
    assert "1 period of delinquency, 0 still open." in text
    assert "1 more has been delinquent since before that" in text


def test_the_named_ones_are_in_the_log_and_only_these(browser, history):
    browser.get("/reports/")

    entries = set(Disclosure.objects.values_list("org_id", "where"))
    assert entries == {("renewed-1", "report")}


def test_a_file_names_nobody(browser, history):
    for name in ("silent-renewals", "delinquency", "freshness", "cards"):
        browser.get(f"/reports/{name}/export/")

    assert not Disclosure.objects.exists()


def test_runs_are_shown_to_those_who_may_watch_them(browser, ana, history):
    SyncRun.objects.create(started_at=ago(9), ended_at=ago(5), started_by="x", due=70, checked=69)
    assert "69 of 70" in text_of(browser.get("/reports/"))

    ana.groups.clear()
    ana.user_permissions.add(Permission.objects.get(codename="view_customer"))

    assert "69 of 70" not in text_of(browser.get("/reports/"))


def test_nobody_who_sees_nothing_is_told_figures(ana, history, ben):
    text = text_of(browser_of(ben).get("/reports/"))

    assert "Nothing to report yet" in text
    assert "Visa" not in text


@pytest.mark.parametrize(
    ("part", "count", "words"),
    [(3, 4, "3 of 4"), (0, 19, "0 of 19"), (15, 20, "15 of 20 (75%)")],
)
def test_a_percentage_is_said_only_of_enough(part, count, words):
    assert of_words(part, count) == words


def test_durations_are_said_in_days():
    assert [days_words(days) for days in (0.4, 1, 6.6)] == ["less than a day", "1 day", "7 days"]
    with override("de"):
        assert of_words(1500, 2000) == "1.500 von 2.000 (75 %)"


def test_the_overview_leads_there(browser, history):
    assert 'href="/reports/"' in text_of(browser.get("/"))
