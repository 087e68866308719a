"""The feed of changes: paged by key, narrowed by kind, and told to those who may see the past."""

import pytest

from customers.services.changes.change_feed import FeedPlace, feed
from customers.services.changes.change_filter import EVERYTHING, ChangeFilter
from tests.helpers.changes.feeds import changed, titles
from tests.helpers.rows import ago, grant, make_customer, make_organization, show


def pages(user, *kinds):
    """The titles of each page, until there is no next."""
    found, after = [], ""
    while True:
        page = feed(user, ChangeFilter(kinds=kinds), FeedPlace(after=after), size=2)
        found.append(titles(page))
        after = page.next
        if not after:
            return found


def test_pages_follow_each_other_and_leave_nothing_out(ana, anas):
    for number in range(5):
        changed(show(ana, f"org-{number}", delinquent=True), number + 1, delinquent=[False, True])

    assert pages(ana) == [
        [("org-0", "Became delinquent"), ("org-1", "Became delinquent")],
        [("org-2", "Became delinquent"), ("org-3", "Became delinquent")],
        [("org-4", "Became delinquent")],
    ]


def test_changes_of_one_moment_are_told_once_each_over_pages(ana, anas):
    at = ago(5)
    for number in range(5):
        change = changed(show(ana, f"org-{number}", balance=5), 5, balance=[0, 5])
        change.seen_at = at
        change.save()

    told = [org_id for page in pages(ana) for org_id, _ in page]

    assert sorted(told) == [f"org-{number}" for number in range(5)]


def test_a_later_page_tells_a_change_from_the_state_that_it_came_out_of(ana, anas):
    customer = show(ana, "northwind", last4="3333")
    changed(customer, 1, last4=["2222", "3333"])
    changed(customer, 2, email=["a@b.example", "c@d.example"])
    changed(customer, 3, last4=["1111", "2222"])

    first = feed(ana, size=2)
    second = feed(ana, place=FeedPlace(after=first.next), size=2)

    assert [item.event.detail for item in second.items] == ["Visa •••• 1111 to Visa •••• 2222"]
    assert second.next == ""


def test_a_kind_narrows_every_page_to_its_own_events(ana, anas):
    for number in range(3):
        customer = show(ana, f"org-{number}", delinquent=True, balance=5)
        changed(customer, number + 1, delinquent=[False, True], balance=[0, 5])
    changed(show(ana, "other", email="c@d.example"), 1, email=["a@b.example", "c@d.example"])

    assert pages(ana, "changed_balance") == [
        [("org-0", "Balance"), ("org-1", "Balance")],
        [("org-2", "Balance")],
    ]
    assert pages(ana, "was_paid") == [[]]


def test_several_kinds_are_told_together(ana, anas):
    both = show(ana, "both", delinquent=True, balance=5, email="c@d.example")
    changed(both, 1, delinquent=[False, True], balance=[0, 5], email=["a@b.example", "c@d.example"])
    changed(show(ana, "one", balance=5), 2, balance=[0, 5])
    changed(show(ana, "other", email="c@d.example"), 3, email=["a@b.example", "c@d.example"])

    found = feed(ana, ChangeFilter(kinds=("became_delinquent", "changed_balance")))

    assert titles(found) == [("both", "Became delinquent"), ("both", "Balance"), ("one", "Balance")]
    assert len(found.lines) == 2


def test_pages_turn_back(ana, anas):
    for number in range(5):
        changed(show(ana, f"org-{number}", delinquent=True), number + 1, delinquent=[False, True])
    first = feed(ana, size=2)
    second = feed(ana, place=FeedPlace(after=first.next), size=2)
    third = feed(ana, place=FeedPlace(after=second.next), size=2)

    back = feed(ana, place=FeedPlace(before=third.previous), size=2)
    again = feed(ana, place=FeedPlace(before=back.previous), size=2)

    assert (titles(back), back.previous, back.next) == (
        titles(second),
        second.previous,
        second.next,
    )
    assert (titles(again), first.previous, third.next) == (titles(first), "", "")


def test_nothing_behind_a_cursor_leads_to_the_latest(ana, anas):
    changed(show(ana, "northwind", delinquent=True), 1, delinquent=[False, True])
    place = FeedPlace(after="2020-01-01T00:00:00+00:00~1")

    assert titles(feed(ana, place=place)) == [("northwind", "Became delinquent")]


def test_an_unknown_kind_is_refused(ana, anas):
    with pytest.raises(KeyError):
        feed(ana, ChangeFilter(kinds=("nonsense",)))


@pytest.mark.parametrize(
    "cursor", ["nonsense", "2026-01-01~1", "2026-01-01T00:00:00+00:00~-1", "9999-12-31T00:00Z~1"]
)
def test_a_cursor_of_no_use_begins_at_the_latest(ana, anas, cursor):
    changed(show(ana, "northwind", delinquent=True), 1, delinquent=[False, True])

    for place in (FeedPlace(after=cursor), FeedPlace(before=cursor)):
        assert titles(feed(ana, EVERYTHING, place)) == [("northwind", "Became delinquent")]


def test_who_was_only_told_not_set_up_is_told_of_no_change(ana, anas, ben, bens):
    organization = make_organization("emptied")
    customer = make_customer(organization, state="none", is_set_up=False)
    grant(ana, organization, customer_sent_at=None)
    grant(ben, organization)

    changed(customer, 1, state=["card", "none"])

    assert pages(ana) == [[]]
    assert pages(ben) == [[("emptied", "Payment method removed")]]
    assert feed(ana).customers == []
