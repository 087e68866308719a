"""What is unread: counted for those who may see it now, and read where it was shown."""

import pytest
from django.utils import timezone

from customers.models import Access, Credentials, Customer, Watch
from customers.services.access.visible import visible_customers
from customers.services.watching import unread
from customers.services.watching.unread import count_unread, mark_all_read, see_watched
from customers.services.watching.watches import watch
from tests.helpers.changes.feeds import changed
from tests.helpers.rows import ago, grant, make_customer, make_organization, show


@pytest.fixture
def watched(ana, anas):
    """An organization that Ana has watched for an hour."""
    customer = show(ana, "northwind", balance=5, changed_at=ago(120))
    watch(ana, [customer.pk], seen_at=ago(60))
    return customer


def seen_by(user, customer):
    return see_watched(user, visible_customers(user).get(pk=customer.pk))


def test_what_changed_before_is_no_news(ana, anas):
    customer = show(ana, "northwind", balance=5)
    changed(customer, 90, balance=[0, 5])

    watch(ana, [customer.pk])

    assert count_unread(ana) == 0


def test_what_changed_after_the_page_was_made_is_news(ana, anas):
    customer = show(ana, "northwind", balance=5)
    changed(customer, 90, balance=[0, 3])
    changed(customer, 30, balance=[3, 5])

    watch(ana, [customer.pk], seen_at=ago(60))

    assert count_unread(ana) == 1


def test_what_changed_since_is_unread_until_its_page_is_opened(ana, watched):
    changed(watched, 30, balance=[0, 3])
    changed(watched, 20, balance=[3, 5])
    before = count_unread(ana)

    assert seen_by(ana, watched)
    assert (before, count_unread(ana)) == (2, 0)
    changed(watched, 10, email=["a@b.example", "c@d.example"])
    assert count_unread(ana) == 1


def test_a_change_that_came_while_the_page_was_made_stays_unread(ana, watched):
    changed(watched, 30, balance=[0, 3])
    shown = visible_customers(ana).get(pk=watched.pk)
    changed(watched, 1, balance=[3, 5])

    see_watched(ana, shown)

    assert count_unread(ana) == 1


def test_an_older_page_takes_nothing_back(ana, watched):
    changed(watched, 30, balance=[0, 3])
    old = visible_customers(ana).get(pk=watched.pk)
    changed(watched, 1, balance=[3, 5])
    seen_by(ana, watched)

    see_watched(ana, old)

    assert count_unread(ana) == 0


def test_what_is_not_watched_is_neither_counted_nor_marked(ana, watched):
    other = show(ana, "other", balance=5)
    changed(other, 1, balance=[0, 5])

    assert not seen_by(ana, other)
    assert count_unread(ana) == 0


def test_somebody_elses_check_counts_only_with_a_proof_of_ones_own(ana, watched, ben):
    change = changed(watched, 30, balance=[0, 5])
    change.seen_with = ben
    change.save()
    with_proof = count_unread(ana)

    old = ago(4 * 24 * 60)
    Access.objects.update(proved_at=old, customer_sent_at=old)

    assert (with_proof, count_unread(ana)) == (1, 0)


@pytest.mark.parametrize("state", ["denied", "missing"])
def test_a_denial_takes_it_away_and_the_next_proof_brings_it_back(ana, watched, state):
    changed(watched, 30, balance=[0, 5])
    Access.objects.update(state=state, customer_sent_at=None)
    mark_all_read(ana, timezone.now())
    denied = count_unread(ana)

    Access.objects.update(state="granted", proved_at=ago(1), customer_sent_at=ago(1))

    assert (denied, count_unread(ana)) == (0, 1)


def test_other_credentials_prove_nothing(ana, watched):
    changed(watched, 30, balance=[0, 5])

    Credentials.objects.update(proves_since=timezone.now())

    assert count_unread(ana) == 0


def test_who_was_only_told_not_set_up_reads_nothing(ana, anas):
    organization = make_organization("emptied")
    customer = make_customer(organization, state="none", is_set_up=False, changed_at=ago(120))
    access = grant(ana, organization, customer_sent_at=None)
    watch(ana, [customer.pk], seen_at=ago(60))
    changed(customer, 30, state=["card", "none"])
    told = count_unread(ana)
    is_watched = seen_by(ana, customer)

    Access.objects.filter(pk=access.pk).update(customer_sent_at=ago(1))

    assert (told, is_watched, count_unread(ana)) == (0, True, 1)


def test_it_is_counted_up_to_a_cap_in_one_statement(
    ana, watched, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(unread, "UNREAD_CAP", 2)
    for minutes in (5, 4, 3, 2, 1):
        changed(watched, minutes, balance=[0, minutes])

    with django_assert_num_queries(1):
        assert count_unread(ana) == 3


def test_all_are_read_that_had_been_shown(ana, watched):
    other = show(ana, "other", balance=5, changed_at=ago(120))
    watch(ana, [other.pk], seen_at=ago(60))
    changed(watched, 30, balance=[0, 5])
    changed(other, 10, balance=[0, 5])

    mark_all_read(ana, ago(20))
    left = count_unread(ana)
    mark_all_read(ana, ago(-600))  # a clock that is ahead

    assert (left, count_unread(ana)) == (1, 0)
    assert all(
        mark <= timezone.now() for mark in Watch.objects.values_list("read_until", flat=True)
    )


def test_an_answer_that_is_being_stored_is_not_marked_before_it_is_shown(ana, watched):
    Watch.objects.update(read_until=ago(60))
    changed(watched, 30, balance=[0, 3])

    mark_all_read(ana, timezone.now())
    changed(watched, 10, balance=[3, 5])  # arrived before, committed after

    assert count_unread(ana) == 1


def test_nobody_reads_for_others(ana, watched, ben, bens):
    grant(ben, watched.organization)
    watch(ben, [watched.pk], seen_at=ago(60))
    changed(watched, 30, balance=[0, 5])

    seen_by(ana, watched)
    mark_all_read(ana, timezone.now())

    assert (count_unread(ana), count_unread(ben)) == (0, 1)
    assert Customer.objects.count() == 1
