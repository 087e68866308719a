"""What needs action first."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Access, Case, Customer, KeptFigures
from customers.services.cases.steps import assign, handle, snooze
from customers.services.lists.counts import worklist_counts
from customers.services.lists.listing import Listed, list_customers
from customers.services.overview import queue as module
from customers.services.overview.queue import MY_QUEUE, ON_QUEUE, TEAM_QUEUE
from customers.services.wording.expiry import today
from tests.helpers.rows import ago, grant, make_customer, make_organization, show

DAY = 24 * 60


def queue(user, whose=TEAM_QUEUE):
    return module.queue(user, whose, worklist_counts(user).counts)


def names(user, whose=TEAM_QUEUE):
    return [row.organization.org_id for row in queue(user, whose).customers]


def test_the_worst_come_first_and_of_these_the_oldest(ana, anas):
    soon = today() + timedelta(days=5)
    show(ana, "first payment", first_payment_outstanding=True)
    show(ana, "nothing", state="none")
    show(ana, "renews", charged_expires_on=soon, charged_renews_on=soon + timedelta(days=9))
    show(ana, "expired", expires_on=today() - timedelta(days=3))
    show(ana, "long expired", expires_on=today() - timedelta(days=90))
    show(ana, "delinquent", delinquent=True, delinquent_seen_at=ago(DAY))
    show(ana, "long delinquent", delinquent=True, delinquent_seen_at=ago(9 * DAY))
    show(ana, "always delinquent", delinquent=True)
    show(ana, "fine")

    assert names(ana) == [
        *("always delinquent", "long delinquent", "delinquent"),
        *("long expired", "expired", "renews", "nothing", "first payment"),
    ]


def test_an_organization_on_two_lists_is_there_once_by_the_worse(ana, anas):
    show(ana, "both", delinquent=True, expires_on=today() - timedelta(days=3))

    assert names(ana) == ["both"]


def test_who_has_an_owner_waits_for_nobody_until_a_snooze_is_over(ana, anas, ben):
    customers = {name: show(ana, name, delinquent=True) for name in ("free", "taken", "over")}
    for name in ("taken", "over"):
        assign(ana, [customers[name].pk], ben)
    snooze(ana, [customers["over"].pk], today() + timedelta(days=1))
    asleep = show(ana, "asleep", delinquent=True)
    snooze(ana, [asleep.pk], today() + timedelta(days=1))
    handled = show(ana, "handled", delinquent=True)
    handle(ana, [handled.pk])
    assert sorted(names(ana)) == ["free"]

    Case.objects.filter(pk=customers["over"].pk).update(snoozed_until=today())
    KeptFigures.objects.all().delete()

    assert sorted(names(ana)) == ["free", "over"]


def test_mine_are_those_that_one_owns_the_worst_first_and_then_those_without_anything_to_do(
    ana, anas, ben
):
    done, nothing, bad = (
        show(ana, "done"),
        show(ana, "nothing", state="none"),
        show(ana, "bad", delinquent=True),
    )
    assign(ana, [done.pk, nothing.pk, bad.pk], ana)
    theirs = show(ana, "theirs", delinquent=True)
    assign(ana, [theirs.pk], ben)

    found = queue(ana, MY_QUEUE)

    assert [row.organization.org_id for row in found.customers] == ["bad", "nothing", "done"]
    assert found.count == 3 == worklist_counts(ana).counts["mine"]


def test_as_many_are_counted_as_the_list_of_all_of_them_has(ana, anas, ben):
    for number in range(ON_QUEUE + 5):
        show(ana, f"org-{number}", delinquent=True)
    assign(ana, [Customer.objects.first().pk], ben)

    found = queue(ana)

    assert len(found.customers) == ON_QUEUE
    listed = list_customers(ana, Listed(case="waiting"))
    assert found.count == listed.count() == ON_QUEUE + 4


def test_what_a_colleague_took_within_the_minute_is_not_shown(ana, anas, ben, bens):
    customer = show(ana, "northwind", delinquent=True)
    grant(ben, customer.organization)
    assert names(ana) == ["northwind"]

    assign(ben, [customer.pk], ben)

    assert names(ana) == []


@pytest.mark.parametrize("whose", [TEAM_QUEUE, MY_QUEUE])
def test_only_what_one_may_see_is_there_and_from_one_moment_to_the_next(ana, anas, ben, whose):
    customer = show(ana, "northwind", delinquent=True)
    if whose == MY_QUEUE:
        assign(ana, [customer.pk], ana)
    assert names(ana, whose) == ["northwind"]
    assert (names(ben, whose), queue(ben, whose).count) == ([], 0)

    Access.objects.update(state=Access.State.DENIED, customer_sent_at=None)

    assert names(ana, whose) == []


def test_since_when_nothing_is_on_file_orders_only_what_one_may_know(ana, anas):
    """The place in the queue would tell it otherwise."""
    for number, days in enumerate((2, 40, 9)):
        hidden = make_organization(f"hidden-{number}")
        seen_at = timezone.now() - timedelta(days=days)
        make_customer(hidden, state="none", is_set_up=False, state_seen_at=seen_at)
        grant(ana, hidden, customer_sent_at=None)

    assert names(ana) == ["hidden-0", "hidden-1", "hidden-2"]


def test_it_is_bounded_where_too_many_wait(ana, anas, monkeypatch):
    monkeypatch.setattr(module, "COUNT_CAP", 2)
    monkeypatch.setattr(module, "_TEAM_CAP", 2)
    for number in range(4):
        show(ana, f"org-{number}", f"Clinic {number}", delinquent=True)

    found = queue(ana)

    assert [row.organization.org_id for row in found.customers] == ["org-0", "org-1"]
    assert (found.count, found.cap) == (3, 2)
