"""Changes of a time, of an organization, of one's own cases and of what one watches."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.services.cases.steps import assign, snooze
from customers.services.changes.change_counts import ALL, count_changes, count_links
from customers.services.changes.change_feed import feed
from customers.services.changes.change_filter import KIND_LABELS, ChangeFilter, changes_of
from customers.services.changes.periods import VISIT
from customers.services.watching import unread
from customers.services.watching.watches import watch
from customers.services.wording.expiry import today
from tests.helpers.changes.feeds import changed, told
from tests.helpers.rows import ago, show


@pytest.fixture
def three(ana, anas):
    """Three organizations that became delinquent a minute, an hour and a day ago."""
    customers = [
        show(ana, name, f"Clinic {name.title()}", delinquent=True)
        for name in ("one", "two", "three")
    ]
    for customer, minutes in zip(customers, (1, 60, 24 * 60), strict=True):
        changed(customer, minutes, delinquent=[False, True])
    return customers


def of(user, **wanted):
    return told(feed(user, ChangeFilter(**wanted)))


def test_since_and_until_narrow_to_what_was_seen_between(ana, three):
    assert of(ana, since=ago(90)) == ["one", "two"]
    assert of(ana, until=ago(30)) == ["two", "three"]
    assert of(ana, since=ago(90), until=ago(30)) == ["two"]


def test_the_first_moment_belongs_to_it_and_the_last_does_not(ana, three):
    at = changes_of(ana, ChangeFilter())[1].seen_at

    assert of(ana, since=at) == ["one", "two"]
    assert of(ana, until=at) == ["three"]


@pytest.mark.parametrize("text", ["two", "Clinic Two", "clinic TWO"])
def test_one_organization_is_named_by_its_id_or_its_whole_name(ana, three, text):
    assert of(ana, organization=text) == ["two"]


@pytest.mark.parametrize("text", ["bens", "Clinic Ben"])
def test_an_organization_that_one_may_not_see_is_like_one_that_there_is_not(
    ana, three, ben, bens, text
):
    changed(show(ben, "bens", "Clinic Ben", delinquent=True), 1, delinquent=[False, True])

    assert of(ana, organization=text) == of(ana, organization="nonsense") == []


def test_mine_are_the_organizations_of_the_worklist_of_that_name(ana, three, ben):
    keys = [customer.pk for customer in three]
    assign(ana, keys[:1], ana)
    assign(ana, keys[1:2], ben)
    assign(ana, keys[2:], ana)
    snooze(ana, keys[2:], today() + timedelta(days=3))

    assert of(ana, whose="mine") == ["one"]


def test_watched_and_unread(ana, three):
    watch(ana, [three[1].pk, three[2].pk])
    changed(three[2], 0, balance=[0, 5])

    assert of(ana, whose="watched") == ["three", "two", "three"]
    assert of(ana, whose="unread") == ["three"]
    shown = [line.change for line in feed(ana, ChangeFilter(whose="watched")).lines]
    assert unread.unread_among(ana, shown) == {shown[0].pk}


def test_more_organizations_than_are_read_first_are_found_all_the_same(ana, three, monkeypatch):
    monkeypatch.setattr("customers.services.changes.change_filter._FEW", 1)
    watch(ana, [row.pk for row in three])

    assert of(ana, whose="watched") == ["one", "two", "three"]


@pytest.mark.parametrize("wanted", [{"whose": "nonsense"}, {"kinds": ("nonsense",)}])
def test_what_is_unknown_is_refused(ana, three, wanted):
    with pytest.raises(KeyError):
        of(ana, **wanted)


def test_links_count_what_they_lead_to(ana, three):
    watch(ana, [three[1].pk])
    changed(three[0], 2, balance=[0, 5])
    visit = ago(90)
    wanted = ChangeFilter(since=ago(12 * 60))

    counts = count_links(ana, wanted, visit).counts

    led = {
        ALL: of(ana, since=wanted.since),
        VISIT: of(ana, since=visit),
        **{whose: of(ana, since=wanted.since, whose=whose) for whose in ("mine", "watched")},
        **{kind: of(ana, since=wanted.since, kinds=(kind,)) for kind in KIND_LABELS},
    }
    assert counts == {key: len(lines) for key, lines in led.items()}
    assert (counts[ALL], counts["watched"], counts["changed_balance"]) == (3, 1, 1)


def test_without_an_earlier_visit_none_is_counted(ana, three):
    assert VISIT not in count_links(ana, ChangeFilter(), None).counts


def test_another_filter_has_counts_of_its_own_within_the_minute(ana, three):
    count_links(ana, ChangeFilter(), None)

    assert count_links(ana, ChangeFilter(since=ago(30)), None).counts[ALL] == 1


def test_days_are_counted_with_the_whole(ana, three):
    days = {today(), today() - timedelta(days=1)}

    counts = count_changes(ana, ChangeFilter(), days)

    assert counts.all == 3
    assert counts.by_day == {
        day: sum(timezone.localdate(ago(minutes)) == day for minutes in (1, 60, 24 * 60))
        for day in days
    }


def test_unread_ones_are_counted_up_to_the_cap_of_the_bell(ana, three, monkeypatch):
    monkeypatch.setattr("customers.services.changes.change_counts.UNREAD_CAP", 1)
    monkeypatch.setattr(unread, "UNREAD_CAP", 1)
    watch(ana, [row.pk for row in three], seen_at=ago(48 * 60))

    counts = count_changes(ana, ChangeFilter(whose="unread"), set())

    assert (counts.all, counts.cap, unread.count_unread(ana)) == (2, 1, 2)
