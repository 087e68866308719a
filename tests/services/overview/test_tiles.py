"""What the overview says beside its figures."""

from datetime import date

import pytest
from django.utils.translation import override

from customers.models import Change, Disclosure
from customers.services.lists.counts import worklist_counts
from customers.services.overview import tiles as overview
from customers.services.overview.tiles import expiring_by_month, latest_changes, tiles
from tests.helpers.rows import ago, make_change, show

pytestmark = pytest.mark.django_db


def test_counts_are_written_as_the_language_writes_them(ana, anas):
    organization = show(ana, "northwind").organization
    became = {"after": ago(9), "seen_at": ago(5), "differences": {}, "became_delinquent": True}
    Change.objects.bulk_create(Change(organization=organization, **became) for _ in range(1234))

    with override("de"):
        notes = [tile.note for tile in tiles(ana, worklist_counts(ana).counts)]

    assert "1.234 seit gestern" in notes


def test_cards_are_counted_by_the_month_in_which_they_expire(ana, anas, ben, bens, monkeypatch):
    monkeypatch.setattr(overview, "today", lambda: date(2026, 11, 25))
    days = [(2026, 9, 30), (2026, 10, 31), (2026, 11, 30), (2026, 11, 30), (2027, 2, 28)]
    for number, day in enumerate(days):
        show(ana, f"org-{number}", expires_on=date(*day))
    show(ana, "without", expires_on=None)
    show(ben, "bens", expires_on=date(2026, 12, 31))

    counts = expiring_by_month(ana, months=5)

    assert counts == [
        (date(2026, 10, 31), 1),
        (date(2026, 11, 30), 2),
        (date(2026, 12, 31), 0),
        (date(2027, 1, 31), 0),
        (date(2027, 2, 28), 1),
    ]


def test_only_the_changes_that_are_told_are_recorded(ana, anas):
    for number in range(6):
        organization = show(ana, f"org-{number}").organization
        make_change(organization, 10 + number, balance=[0, 1], subscription_count=[1, 2])

    told = [item.organization.org_id for item in latest_changes(ana)]

    assert told == ["org-0", "org-0", "org-1", "org-1", "org-2", "org-2"]
    assert set(Disclosure.objects.values_list("org_id", flat=True)) == set(told)
