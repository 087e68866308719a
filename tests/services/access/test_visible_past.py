"""Who may see the past of an organization: only what they were sent themselves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Access, Credentials, Customer
from customers.services.access.sight import sight_of
from customers.services.access.visible import (
    last_sent,
    past_of,
    visible_changes,
    visible_customer,
    visible_customers,
)
from customers.services.checking.store import store
from customers.services.credentials import store as credentials
from customers.services.lists.counts import count_worklists
from tests.helpers.access.visible import DAY, sees
from tests.helpers.rows import (
    ago,
    answered,
    grant,
    look,
    make_change,
    make_customer,
    make_organization,
    not_set_up,
    show,
    stripe_customer,
)


def test_the_past_is_only_for_who_was_once_sent_a_customer(ana, anas, ben, bens, northwind):
    store([answered("northwind", bens, ago(9))])
    store([not_set_up("northwind", bens, ago(7))])

    store([not_set_up("northwind", anas, ago(5))])

    assert sees(ana) == sees(ben) == {"northwind"}
    assert visible_changes(ben).count() == 1
    assert not visible_changes(ana).exists()


@pytest.fixture
def sent_long_ago(ana, anas, northwind):
    """Ana was sent a customer twenty days ago, and was told "not set up" just now."""
    make_customer(northwind, state=Customer.State.NONE, is_set_up=False)
    grant(ana, northwind, customer_sent_at=timezone.now() - timedelta(days=20))
    return northwind


def test_who_was_sent_a_customer_long_ago_sees_the_past_until_then_and_its_end(ana, sent_long_ago):
    seen = make_change(sent_long_ago, 21 * DAY, last4=["1881", "4242"])
    ended = make_change(sent_long_ago, 5, state=["card", "none"])

    for customer in (sent_long_ago.customer, visible_customer(ana, "northwind")):
        assert past_of(ana, customer) == [ended, seen]


@pytest.mark.parametrize("since", [{"last4": ["4242", "1111"]}, {"state": ["card", "none"]}])
def test_who_was_sent_a_customer_long_ago_sees_nothing_of_what_others_were_sent_since(
    ana, sent_long_ago, since
):
    make_change(sent_long_ago, 21 * DAY, last4=["1881", "4242"])
    make_change(sent_long_ago, 10 * DAY, **since)
    make_change(sent_long_ago, 5, state=["card", "none"])

    assert past_of(ana, sent_long_ago.customer) == []
    assert not visible_changes(ana).exists()


def test_who_was_sent_the_last_change_goes_on_seeing_it_after_the_end(ana, anas, northwind):
    store([answered("northwind", anas, ago(22 * DAY), stripe_customer(last4="1881"))])
    store([answered("northwind", anas, ago(20 * DAY))])

    store([not_set_up("northwind", anas, ago(5))])

    last4s = [change.differences["last4"] for change in past_of(ana, northwind.customer)]
    assert last4s == [["4242", ""], ["1881", "4242"]]


def test_what_one_sees_oneself_of_what_others_were_sent_first_tells_nothing_of_that(
    ana, anas, bens, northwind
):
    emptied = stripe_customer(default_source=None, sources={"object": "list", "data": []})
    store([answered("northwind", anas, ago(20 * DAY))])
    store([answered("northwind", bens, ago(10 * DAY), emptied)])

    store([not_set_up("northwind", anas, ago(5))])

    assert northwind.change_set.count() == 2
    assert past_of(ana, northwind.customer) == []


def test_who_was_never_sent_a_customer_sees_no_past(ana, anas, bens, northwind):
    store([answered("northwind", bens, ago(9))])
    store([not_set_up("northwind", bens, ago(7))])
    store([not_set_up("northwind", anas, ago(5))])

    assert past_of(ana, northwind.customer) == []
    assert last_sent(ana, northwind.customer) is None


def test_the_last_change_is_dated_only_for_who_was_sent_a_customer(ana, anas, ben, bens, northwind):
    store([answered("northwind", bens, ago(9))])
    store([not_set_up("northwind", bens, ago(7))])
    store([not_set_up("northwind", anas, ago(5))])

    assert sees(ana) == sees(ben) == {"northwind"}
    assert sight_of(visible_customers(ana).get()).changed_for_user is None
    assert sight_of(visible_customers(ben).get()).changed_for_user is not None


@pytest.mark.parametrize("was_sent", [True, False])
def test_times_of_answers_are_told_only_to_who_was_sent_a_customer(
    ana, anas, ben, northwind, was_sent
):
    times = dict.fromkeys(("changed_at", "state_seen_at", "first_payment_seen_at"), ago(8))
    make_customer(northwind, state=Customer.State.NONE, is_set_up=False, **times)
    grant(ana, northwind, customer_sent_at=ago(9) if was_sent else None)
    look(ben, northwind, 7)
    look(ana, make_organization("other"), 7)

    seen = sight_of(visible_customers(ana).get())

    told = (seen.changed_for_user, seen.state_since, seen.first_payment_since)
    assert [time is not None for time in told] == [was_sent] * 3
    assert seen.looked_at is None


def test_what_changed_is_counted_only_for_who_was_sent_a_customer(ana, anas, ben, bens, northwind):
    store([answered("northwind", bens, ago(9))])
    store([not_set_up("northwind", bens, ago(7))])
    store([not_set_up("northwind", anas, ago(5))])
    for user in (ana, ben):
        look(user, northwind, 8)

    assert count_worklists(ana, ["changed"]) == {"changed": 0}
    assert count_worklists(ben, ["changed"]) == {"changed": 1}


def test_the_past_of_a_customer_that_may_not_be_seen_now_is_not_seen(ana, anas, bens, northwind):
    store([not_set_up("northwind", anas, ago(9))])
    store([answered("northwind", bens, ago(5))])
    make_change(northwind, state=["none", "card"])

    assert not visible_changes(ana).exists()


def test_the_past_is_listed_latest_first(ana, anas):
    organization = show(ana, "northwind").organization
    changes = [make_change(organization, minutes, balance=[0, 1]) for minutes in (30, 10, 20)]

    assert list(visible_changes(ana)) == [changes[1], changes[2], changes[0]]


@pytest.mark.parametrize("sent", ["by the credentials of before", "too long ago"])
def test_a_customer_that_was_sent_before_dates_no_later_answer(ana, anas, bens, northwind, sent):
    store([answered("northwind", anas, ago(5 * DAY))])
    store([not_set_up("northwind", bens, ago(3))])
    if sent == "by the credentials of before":
        Access.objects.update(customer_sent_at=ago(60))
        Credentials.objects.filter(user=ana).update(proves_since=ago(30))
    store([not_set_up("northwind", credentials.open_credentials(ana.pk), ago(1))])

    seen = sight_of(visible_customers(ana).get())

    assert sees(ana) == {"northwind"}
    assert seen.sent_at is None
    assert seen.changed_for_user is None
    assert seen.state_since is None


def test_what_credentials_of_before_were_sent_opens_no_past_to_those_of_another_user(
    ana, anas, bens, northwind
):
    store([answered("northwind", anas, ago(60))])
    store([not_set_up("northwind", bens, ago(50))])
    Credentials.objects.filter(user=ana).update(proves_since=ago(30))
    store([not_set_up("northwind", credentials.open_credentials(ana.pk), ago(5))])

    looked_up = visible_customer(ana, "northwind")
    for customer in (visible_customers(ana).get(), looked_up, Customer.objects.get()):
        assert last_sent(ana, customer) is None
        assert past_of(ana, customer) == []
