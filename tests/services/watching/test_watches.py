"""Who watches what: only what they may see, up to a number, until they stop or are deleted."""

import pytest
from django.contrib.auth.models import User

from customers.models import Access, Watch
from customers.services.lists.counts import count_worklists, worklist_counts
from customers.services.watching import watches
from customers.services.watching.watches import Begun, stop_watching, watch, watches_any
from tests.helpers.changes.feeds import changed
from tests.helpers.rows import ago, show


def watched(user):
    return set(Watch.objects.filter(user=user).values_list("organization__org_id", flat=True))


def test_what_is_watched_is_on_the_worklist_at_once(ana, anas):
    customer = show(ana, "northwind")
    before = worklist_counts(ana).counts["watched"]

    watch(ana, [customer.pk])

    assert (before, worklist_counts(ana).counts["watched"]) == (0, 1)
    stop_watching(ana, [customer.pk])
    assert worklist_counts(ana).counts["watched"] == 0


def test_only_what_may_be_seen_begins_to_be_watched(ana, anas, ben, bens):
    keys = [show(ana, "anas").pk, show(ben, "bens").pk, 12345]

    assert watch(ana, keys) == Begun(1, 0)
    assert watched(ana) == {"anas"}


def test_what_is_denied_later_is_on_no_list(ana, anas):
    customer = show(ana, "northwind")
    watch(ana, [customer.pk])

    Access.objects.update(state=Access.State.DENIED, customer_sent_at=None)

    assert count_worklists(ana, ["watched"]) == {"watched": 0}


def test_watching_again_keeps_what_was_unread(ana, anas):
    customer = show(ana, "northwind")
    watch(ana, [customer.pk])
    before = Watch.objects.values().get()
    changed(customer, 0, balance=[0, 5])

    assert watch(ana, [customer.pk]) == Begun(1, 0)
    assert Watch.objects.values().get() == before


def test_no_more_than_a_number_at_once(ana, anas, monkeypatch):
    monkeypatch.setattr(watches, "MOST_WATCHED", 2)
    keys = [show(ana, name, name).pk for name in ("a", "b", "c")]

    assert watch(ana, keys) == Begun(2, 1)
    assert watched(ana) == {"a", "b"}
    assert watch(ana, keys[:2]) == Begun(2, 0)
    assert watch(ana, keys[2:]) == Begun(0, 1)
    assert stop_watching(ana, keys[:1]) == 1
    assert watch(ana, keys[2:]) == Begun(1, 0)


def test_what_is_out_of_sight_takes_no_place(ana, anas, monkeypatch):
    monkeypatch.setattr(watches, "MOST_WATCHED", 1)
    hidden, other = show(ana, "hidden"), show(ana, "other")
    watch(ana, [hidden.pk])
    Access.objects.filter(organization_id=hidden.pk).update(state="denied", customer_sent_at=None)

    assert watch(ana, [other.pk]) == Begun(1, 0)


def test_stopping_touches_nobody_else(ana, anas, ben, bens):
    customer = show(ana, "northwind")
    Access.objects.create(
        user=ben,
        organization=customer.organization,
        state="granted",
        proved_at=ago(1),
        customer_sent_at=ago(1),
    )
    for user in (ana, ben):
        watch(user, [customer.pk])

    assert stop_watching(ana, [customer.pk]) == 1
    assert stop_watching(ana, [customer.pk]) == 0
    assert (watches_any(ana), watches_any(ben)) == (False, True)


@pytest.mark.django_db(transaction=True)
def test_it_is_deleted_with_the_user_and_with_the_organization(ana, anas, ben, bens):
    watch(ana, [show(ana, "anas").pk])
    bens_customer = show(ben, "bens")
    watch(ben, [bens_customer.pk])

    User.objects.get(pk=ana.pk).delete()
    assert Watch.objects.get().user == ben
    bens_customer.organization.delete()

    assert not Watch.objects.exists()
