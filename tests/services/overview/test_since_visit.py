"""What has changed since one's last visit."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import KeptFigures
from customers.services.accounts.last_visit import note_visit
from customers.services.overview import since_visit as module
from customers.services.overview.since_visit import since_visit
from tests.helpers.rows import ago, make_change, show

HOUR = timedelta(hours=1)


@pytest.fixture
def visited(ana):
    """Ana's last visit ended an hour ago."""
    now = timezone.now()
    note_visit(ana, now - 3 * HOUR, now - HOUR)
    note_visit(ana, now, now)


def told(user):
    return [line.organization.org_id for line in since_visit(user).lines]


def test_changes_before_the_last_visit_are_not_among_them(ana, anas, visited):
    make_change(show(ana, "new").organization, 30, balance=[0, 1])
    make_change(show(ana, "old").organization, 90, balance=[0, 1])

    found = since_visit(ana)

    assert told(ana) == ["new"]
    assert found.count == 1
    assert ago(61) < found.visit < ago(59)


def test_without_a_visit_before_the_latest_are_told(ana, anas):
    make_change(show(ana, "old").organization, 90, balance=[0, 1])

    found = since_visit(ana)

    assert (found.visit, found.count, told(ana)) == (None, 1, ["old"])


def test_changes_of_organizations_that_others_see_are_not_told(ana, anas, ben, bens, visited):
    make_change(show(ben, "bens").organization, 30, balance=[0, 1])

    found = since_visit(ana)

    assert (found.lines, found.count) == ([], 0)


def test_more_are_counted_than_are_told_and_only_these_are_disclosed(
    ana, anas, visited, monkeypatch
):
    monkeypatch.setattr(module, "MOST_NEWS", 2)
    for number in range(4):
        organization = show(ana, f"org-{number}").organization
        make_change(organization, 10 + number, balance=[0, 1], subscription_count=[1, 2])

    found = since_visit(ana)

    assert told(ana) == ["org-0", "org-1"]
    assert [len(line.events) for line in found.lines] == [2, 2]
    assert {customer.organization.org_id for customer in found.customers} == {"org-0", "org-1"}
    assert found.count == 4


def test_a_later_visit_is_counted_by_itself_even_within_the_minute(ana, anas, visited):
    make_change(show(ana, "new").organization, 30, balance=[0, 1])
    assert since_visit(ana).count == 1

    now = timezone.now()
    note_visit(ana, now + HOUR, now + HOUR)

    assert since_visit(ana).count == 0
    assert KeptFigures.objects.filter(kind="since-visit").count() == 1
