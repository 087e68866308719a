"""Figures about the same thing agree, on a page and between pages."""

import html
import re
from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string

from customers.dashboard.overview.charts import bars
from customers.models import Access, Customer, Organization, SyncRun
from customers.services.cases.steps import assign
from customers.services.checking.outcome import Result
from customers.services.lists.worklists import WORKLISTS
from customers.services.sync.report import Report
from customers.services.wording.expiry import end_of_month, today
from tests.conftest import browser_of
from tests.helpers.rows import (
    ago,
    answered,
    failure,
    give_credentials,
    grant,
    make_customer,
    make_organization,
    refused,
    show,
)

MANY = 1_100


@pytest.fixture
def browser(ana):
    give_credentials(ana)
    return browser_of(ana)


def said(answer) -> str:
    assert answer.status_code == 200
    return " ".join(html.unescape(answer.content.decode()).split())


def make_many(user, count, **facts):
    """Like `show`, for many organizations."""
    names = [f"Clinic {number:05}" for number in range(count)]
    organizations = Organization.objects.bulk_create(
        [Organization(org_id=f"many-{number}", name=name) for number, name in enumerate(names)]
    )
    at = {"asked_at": ago(5), "checked_at": ago(5)}
    known = {"state": "card", "is_set_up": True, **at, **facts}
    proved = {"state": "granted", "proved_at": ago(5), "customer_sent_at": ago(5)}
    Customer.objects.bulk_create(
        [Customer(organization=o, folded_name=o.folded_name, **known) for o in organizations]
    )
    Access.objects.bulk_create([Access(user=user, organization=o, **proved) for o in organizations])


def tile(page, key):
    found = rf'class="tile" href="/orgs/\?worklist={key}">.*?<strong>([\d,+]+)</strong>'
    return re.search(found, page)[1]


def tab(page, key):
    label = re.escape(str(next(w.label for w in WORKLISTS if w.key == key)))
    return re.search(rf'>{label}</bdi> <span class="count">([\d,+]+)</span>', page)[1]


def head(page):
    return re.search(r'<p class="muted">([\d,+]+) organizations?', page)[1]


def last_bar(page, key):
    chart = re.search(rf'<svg class="chart chart-{key}".*?</svg>', page)[0]
    return re.findall(r"<text [^>]*>([\d,]+)</text>", chart)[-1]


def table_end(page, key):
    table = page.partition(f'class="chart chart-{key}"')[2].partition("</table>")[0]
    return re.findall(r'<td class="number">([\d,]+)</td>', table)[-1]


def all_of(browser, key):
    """The size of a worklist in every place that shows it."""
    overview = said(browser.get("/"))
    opened = said(browser.get(f"/orgs/?worklist={key}"))
    return {
        "tile": tile(overview, key),
        "chart": last_bar(overview, key),
        "table": table_end(overview, key),
        "tab": tab(said(browser.get("/orgs/")), key),
        "open tab": tab(opened, key),
        "head": head(opened),
    }


def test_a_worklist_is_as_long_in_every_place(browser, ana):
    for number in range(2):
        show(ana, f"seen-{number}", delinquent=True, first_checked_at=ago(30))
    for number in range(8):
        organization = make_organization(f"told-{number}")
        not_set_up = {"state": "none", "is_set_up": False}
        make_customer(organization, **not_set_up, delinquent=True, first_checked_at=ago(30))
        grant(ana, organization, customer_sent_at=None)

    found = all_of(browser, "delinquent")

    assert found == dict.fromkeys(found, "10")
    assert "Earlier weeks leave out 8 whose history you can’t see." in said(browser.get("/"))


def test_a_chart_of_all_that_one_sees_leaves_out_none(browser, ana):
    show(ana, "seen", delinquent=True, first_checked_at=ago(30))

    assert "Earlier weeks leave out" not in said(browser.get("/"))


def test_a_long_worklist_is_as_long_in_every_place(browser, ana):
    make_many(ana, MANY, delinquent=True, first_checked_at=ago(30))

    found = all_of(browser, "delinquent")

    assert found == dict.fromkeys(found, "1,100")


def test_the_queue_is_as_long_as_the_list_of_all_of_it(browser, ana):
    make_many(ana, 30, delinquent=True)

    text = said(browser.get("/"))

    assert "8 of 30 without an owner or past their snooze" in text
    assert "All 30</a>" in text
    link = re.search(r'href="(/orgs/\?case=waiting[^"]*)"', text)[1]
    assert head(said(browser.get(link))) == "30"


def test_a_queue_of_more_than_are_counted_says_the_same_as_its_list(browser, ana):
    make_many(ana, MANY, delinquent=True)

    text = said(browser.get("/"))

    assert "8 of 1,000+ without an owner or past their snooze" in text
    assert head(said(browser.get("/orgs/?case=waiting"))) == "1,000+"


def test_what_is_mine_is_as_long_in_every_place(browser, ana):
    make_many(ana, 12, delinquent=True)
    assign(ana, list(Customer.objects.values_list("pk", flat=True)), ana)

    text = said(browser.get("/?queue=mine"))

    assert "8 of 12 that are yours or mention you" in text
    assert "Mine 12</a>" in text
    assert tab(said(browser.get("/orgs/")), "mine") == "12"
    assert head(said(browser.get("/orgs/?worklist=mine"))) == "12"


def test_cards_before_their_renewal_are_as_many_in_tile_chart_table_and_list(browser, ana):
    end = end_of_month(today())
    facts = {"charged_expires_on": end, "charged_renews_on": end + timedelta(days=9)}
    make_many(ana, 7, expires_on=end, **facts)

    text = said(browser.get("/"))

    assert tile(text, "expires-before-renewal") == "7"
    assert ": 7, 7 of them before the renewal" in text
    link = f"/orgs/?worklist=expires-before-renewal&expires={end:%Y-%m}"
    assert f'<a href="{link}">7</a>' in text
    assert head(said(browser.get(link))) == "7"


def test_a_month_of_more_than_can_be_counted_says_so():
    drawn = bars([(date.today(), 10_001)], [10_001])
    expiring = [(bar, "2026-11", "November 2026", "Nov") for bar in drawn]

    text = " ".join(render_to_string("overview/_expiring.html", {"expiring": expiring}).split())

    assert "10001" not in text
    assert text.count("10,000+") == 5  # in the chart, twice in its title and in the table


@pytest.mark.parametrize(("late", "percent"), [(0, 100), (1, 99), (300, 70)])
def test_the_overview_and_the_report_say_the_same_of_freshness(browser, ana, late, percent):
    make_many(ana, 1_000)
    first = Customer.objects.order_by("pk").values("pk")[:late]
    Customer.objects.filter(pk__in=first).update(checked_at=ago(7 * 60))

    overview, report = (said(browser.get(url)) for url in ("/", "/reports/"))

    assert f"{percent}% checked within 6 hours, the oldest" in overview
    assert f"<strong>{percent}%</strong> of 1,000 answers are younger than the objective" in report


def test_a_run_counts_all_failures_but_lists_only_visible_ones(browser, ana):
    run = SyncRun.objects.create(
        started_at=ago(10), beat_at=ago(5), ended_at=ago(5), started_by="x", failed=5, checked=5
    )
    show(ana, "seen", attempted_at=ago(7), last_error=failure("It was out of order."))

    text = said(browser.get(run.get_absolute_url()))

    assert "<dt>Failed</dt><dd>5</dd>" in text
    assert "1 of 5 shown. You can’t see the others, or they have been checked since." in text


def test_all_failures_that_one_sees_need_no_word(browser, ana):
    run = SyncRun.objects.create(
        started_at=ago(10), beat_at=ago(5), ended_at=ago(5), started_by="x", failed=1, checked=5
    )
    show(ana, "seen", attempted_at=ago(7), last_error=failure("It was out of order."))

    assert "You can’t see the others" not in said(browser.get(run.get_absolute_url()))


def test_what_could_not_be_checked_is_what_the_outcomes_say(ana, ben):
    """With two users asking, an organization is answered if either gets an answer."""
    anas, bens = give_credentials(ana), give_credentials(ben, "another token of the tests")
    report = Report()

    report.count([answered("a", anas, ago(1)), refused("a", bens, ago(1), Result.EXPIRED)])
    report.count([refused("b", anas, ago(1), Result.UNAVAILABLE)])
    report.count(
        [refused("c", anas, ago(1), Result.EXPIRED), refused("c", bens, ago(1), Result.DENIED)]
    )
    report.count([refused("d", anas, ago(1), Result.DENIED)])
    report.count([])

    assert report.failed == 3
    assert report.results == {
        "answered": 1,
        "unavailable": 1,
        "expired": 1,
        "denied": 1,
        "not asked": 1,
    }
    assert sum(report.troubles.values()) == 3
    assert not report.is_complete
