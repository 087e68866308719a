"""The tiles of the overview, and the cards that expire by month."""

from datetime import date

import pytest
from django.utils.translation import override

from customers.services.lists.counts import worklist_counts
from customers.services.lists.listing import Listed, list_customers
from customers.services.overview import tiles as overview
from customers.services.overview.tiles import expiring_by_month, tiles
from tests.helpers.rows import show

pytestmark = pytest.mark.django_db


def tile(user, key):
    found = tiles(user, worklist_counts(user).counts)
    return next(each for each in found if each.worklist.key == key)


@pytest.fixture
def delinquent(ana, anas):
    """One of many organizations, whose number is set by the test."""
    return show(ana, "northwind", delinquent=True)


@pytest.mark.parametrize(
    ("change", "words", "spoken"),
    [
        (None, "", ""),
        (0, "no change this week", ""),
        (47, "47 this week", "47 more than a week ago"),
        (-1, "1 this week", "1 fewer than a week ago"),
    ],
)
def test_a_tile_says_how_many_more_or_fewer_there_are(
    ana, delinquent, monkeypatch, change, words, spoken
):
    known = {} if change is None else {"delinquent": change}
    monkeypatch.setattr(overview, "week_changes", lambda user, counts: known)

    found = tile(ana, "delinquent")

    assert (found.count, found.change, found.words, found.spoken) == (1, change, words, spoken)


@pytest.mark.parametrize(("new", "words"), [(0, "none new this week"), (2, "2 new this week")])
def test_the_tile_of_failed_checks_says_how_many_are_new(ana, delinquent, monkeypatch, new, words):
    monkeypatch.setattr(overview, "week_changes", lambda user, counts: {"could-not-check": new})

    assert tile(ana, "could-not-check").words == words


def test_counts_are_written_as_the_language_writes_them(ana, delinquent, monkeypatch):
    monkeypatch.setattr(overview, "week_changes", lambda user, counts: {"delinquent": 1234})

    with override("de"):
        assert tile(ana, "delinquent").words == "1.234 diese Woche"


def test_there_is_a_tile_for_each_question_of_the_desk(ana, delinquent):
    found = tiles(ana, worklist_counts(ana).counts)

    assert [each.worklist.key for each in found] == [
        *("delinquent", "expired", "expires-before-renewal"),
        *("no-payment-method", "could-not-check", "unclear"),
    ]


def test_cards_are_counted_by_the_month_in_which_they_expire(ana, anas, ben, bens, monkeypatch):
    monkeypatch.setattr(overview, "today", lambda: date(2026, 11, 25))
    days = [(2026, 9, 30), (2026, 10, 31), (2026, 11, 30), (2026, 11, 30), (2027, 2, 28)]
    for number, day in enumerate(days):
        show(ana, f"org-{number}", expires_on=date(*day))
    show(ana, "without", expires_on=None)
    show(ben, "bens", expires_on=date(2026, 12, 31))

    counts = expiring_by_month(ana, worklist_counts(ana).counts, months=5)

    assert [(month.last_day, month.count) for month in counts] == [
        (date(2026, 10, 31), 1),
        (date(2026, 11, 30), 2),
        (date(2026, 12, 31), 0),
        (date(2027, 1, 31), 0),
        (date(2027, 2, 28), 1),
    ]


@pytest.mark.parametrize("cap", [overview.COUNT_CAP, 0], ids=["few", "many"])
def test_of_the_cards_of_a_month_those_that_end_before_a_renewal_are_counted(
    ana, anas, monkeypatch, cap
):
    monkeypatch.setattr(overview, "COUNT_CAP", cap)
    monkeypatch.setattr(overview, "today", lambda: date(2026, 11, 25))
    end = date(2026, 12, 31)
    show(ana, "late", expires_on=end, charged_expires_on=end, charged_renews_on=date(2027, 1, 4))
    show(ana, "early", expires_on=end, charged_expires_on=end, charged_renews_on=date(2026, 12, 4))

    december = expiring_by_month(ana, worklist_counts(ana).counts, months=3)[2]

    assert (december.last_day, december.count, december.before_renewal) == (end, 2, 1)
    listed = Listed(worklist="expires-before-renewal", expires=end)
    assert [row.organization.org_id for row in list_customers(ana, listed)] == ["late"]
