"""Who may see what: only what a user's own credentials have proved, and only for so long."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from customers.models import Access, Credentials, Customer, Organization
from customers.services.access.sight import sight_of
from customers.services.access.visible import (
    customers_shown_to,
    last_sent,
    past_of,
    visible_changes,
    visible_customer,
    visible_customers,
)
from customers.services.checking.store import store
from customers.services.credentials import store as credentials
from customers.services.lists.counts import count_worklists
from customers.upstream.message import Message
from tests.helpers.rows import (
    API_KEY,
    ago,
    answered,
    failure,
    give_credentials,
    grant,
    look,
    make_change,
    make_customer,
    make_organization,
    not_set_up,
    show,
    stripe_customer,
)

DAY = 24 * 60  # minutes


def sees(user):
    """What is visible; the rows of a list and the page of one organization are asked for in other
    ways, and must show the same."""
    listed = {row.organization.org_id: row for row in visible_customers(user)}
    pages = {row.org_id: visible_customer(user, row.org_id) for row in Organization.objects.all()}
    opened = {org_id: customer for org_id, customer in pages.items() if customer}
    keys = Organization.objects.values_list("pk", flat=True)
    rows = {row.organization.org_id: row for row in customers_shown_to(user, keys)}
    assert opened == rows == listed
    for org_id, customer in opened.items():
        assert sight_of(customer) == sight_of(rows[org_id]) == sight_of(listed[org_id])
        assert last_sent(user, customer) == last_sent(user, Customer.objects.get(pk=customer.pk))
    return set(listed)


def test_nothing_is_seen_without_credentials(ana):
    show(ana, "northwind")

    assert sees(ana) == set()
    assert not visible_changes(ana).exists()


def test_nothing_is_seen_without_a_proof(ana, anas, northwind):
    make_customer(northwind)
    make_change(northwind, last4=["1881", "4242"])

    assert sees(ana) == set()
    assert not visible_changes(ana).exists()


def test_what_another_user_fetched_is_not_seen(ana, anas, ben, bens, northwind):
    store([answered("northwind", bens, ago(5))])
    make_change(northwind, last4=["1881", "4242"])

    assert sees(ben) == {"northwind"}
    assert sees(ana) == set()
    assert not visible_changes(ana).exists()


def test_a_superuser_is_no_exception(northwind, bens):
    chief = User.objects.create(username="chief", is_staff=True, is_superuser=True)
    give_credentials(chief, "the token of the chief")
    store([answered("northwind", bens, ago(5))])
    make_change(northwind, last4=["1881", "4242"])

    assert sees(chief) == set()
    assert not visible_changes(chief).exists()


def test_a_proof_counts_only_for_the_organization_that_it_is_about(ana, anas):
    show(ana, "northwind")
    make_customer(make_organization("southwind"))

    assert sees(ana) == {"northwind"}


@pytest.mark.parametrize("state", ["denied", "missing"])
def test_a_refusal_shows_nothing(ana, anas, northwind, state):
    make_customer(northwind)
    make_change(northwind, last4=["1881", "4242"])
    grant(ana, northwind, state=state, customer_sent_at=None)

    assert sees(ana) == set()
    assert not visible_changes(ana).exists()


@pytest.mark.parametrize("state", ["denied", "missing"])
def test_a_refusal_does_not_even_show_that_nothing_is_set_up(ana, anas, northwind, state):
    make_customer(northwind, state=Customer.State.NONE, is_set_up=False)
    grant(ana, northwind, state=state, customer_sent_at=None)

    assert sees(ana) == set()


def test_not_set_up_is_shown_no_longer_than_its_proof_lives(ana, anas, northwind, settings):
    settings.ACCESS_PROOF_TTL = timedelta(hours=1)
    make_customer(northwind, state=Customer.State.NONE, is_set_up=False)
    grant(ana, northwind, proved_at=ago(61), customer_sent_at=None)

    assert sees(ana) == set()


def test_a_proof_older_than_its_time_to_live_shows_nothing(ana, anas, northwind, settings):
    settings.ACCESS_PROOF_TTL = timedelta(hours=1)
    make_customer(northwind)
    make_change(northwind, last4=["1881", "4242"])
    grant(ana, northwind, proved_at=ago(61), customer_sent_at=ago(61))

    assert sees(ana) == set()
    assert not visible_changes(ana).exists()


def test_a_proof_within_its_time_to_live_shows_the_customer(ana, anas, northwind, settings):
    settings.ACCESS_PROOF_TTL = timedelta(hours=1)
    make_customer(northwind)
    grant(ana, northwind, proved_at=ago(59), customer_sent_at=ago(59))

    assert sees(ana) == {"northwind"}


def test_a_fresh_proof_shows_an_answer_that_somebody_else_fetched_later(ana, anas, bens, northwind):
    store([answered("northwind", anas, ago(9))])

    store([answered("northwind", bens, ago(5))])

    assert sees(ana) == {"northwind"}


def test_what_was_never_answered_is_not_seen(ana, anas, northwind):
    Customer.objects.create(organization=northwind, last_error=failure("It failed."))
    grant(ana, northwind)

    assert sees(ana) == set()


def test_not_set_up_is_seen_by_whom_it_was_said_to(ana, anas, northwind):
    store([not_set_up("northwind", anas, ago(5))])

    assert sees(ana) == {"northwind"}


def test_not_set_up_does_not_show_a_customer_that_somebody_else_was_sent_later(
    ana, anas, ben, bens, northwind
):
    store([not_set_up("northwind", anas, ago(9))])

    store([answered("northwind", bens, ago(5))])

    assert sees(ben) == {"northwind"}
    assert sees(ana) == set()


def test_a_customer_sent_too_long_ago_is_not_shown_by_a_fresh_not_set_up(
    ana, anas, bens, northwind, settings
):
    settings.ACCESS_PROOF_TTL = timedelta(hours=1)
    store([answered("northwind", anas, ago(120))])
    store([not_set_up("northwind", anas, ago(9))])

    store([answered("northwind", bens, ago(5))])

    assert sees(ana) == set()


def test_what_somebody_else_was_sent_hides_not_set_up_until_that_is_true_again(
    ana, anas, ben, bens, northwind
):
    store([not_set_up("northwind", anas, ago(9))])
    store([answered("northwind", bens, ago(7))])
    assert (sees(ana), sees(ben)) == (set(), {"northwind"})

    store([not_set_up("northwind", bens, ago(5))])

    assert sees(ana) == sees(ben) == {"northwind"}


@pytest.mark.parametrize("column", ["proved_at", "customer_sent_at"])
def test_both_times_of_a_proof_have_to_be_within_its_time_to_live(
    ana, anas, northwind, settings, column
):
    settings.ACCESS_PROOF_TTL = timedelta(hours=1)
    make_customer(northwind)
    grant(ana, northwind, **{column: ago(61)})

    assert sees(ana) == set()


def test_forgotten_credentials_show_nothing(ana, anas, sandbox):
    show(ana, "northwind")

    credentials.forget(ana)

    assert sees(ana) == set()
    assert not visible_changes(ana).exists()


def test_what_forgotten_credentials_proved_stays_void_after_the_next_sign_in(ana, anas, sandbox):
    show(ana, "northwind")
    credentials.forget(ana)

    give_credentials(ana, "another token")

    assert sees(ana) == set()


def test_credentials_of_another_upstream_user_void_older_proofs(ana, anas):
    organization = show(ana, "northwind").organization
    make_change(organization, last4=["1881", "4242"])

    credentials.save_pasted(ana, API_KEY, "the token of somebody else")

    assert sees(ana) == set()
    assert not visible_changes(ana).exists()


def test_a_clock_that_was_set_back_revives_no_proof_of_another_upstream_user(ana, anas):
    organization = show(ana, "northwind").organization
    make_change(organization, last4=["1881", "4242"])
    Access.objects.update(proved_at=ago(-60), customer_sent_at=ago(-60))

    credentials.save_pasted(ana, API_KEY, "the token of somebody else")

    assert sees(ana) == set()
    assert not visible_changes(ana).exists()


def test_a_new_session_of_the_same_upstream_user_keeps_older_proofs(signed_in_ana, sandbox):
    password = sandbox.users()["ana"]["password"]
    Credentials.objects.update(proves_since=ago(60))
    organization = show(signed_in_ana, "northwind").organization
    make_change(organization, last4=["1881", "4242"])

    credentials.sign_in(signed_in_ana, "ana", password, "", keep=False)

    assert sees(signed_in_ana) == {"northwind"}
    assert visible_changes(signed_in_ana).exists()


def test_signing_in_as_another_upstream_user_voids_older_proofs(signed_in_ana, sandbox):
    password = sandbox.users()["ben"]["password"]
    Credentials.objects.update(proves_since=ago(60))
    show(signed_in_ana, "northwind")

    credentials.sign_in(signed_in_ana, "ben", password, "", keep=False)

    assert sees(signed_in_ana) == set()


def test_an_ended_session_does_not_void_a_fresh_proof(ana, anas):
    show(ana, "northwind")

    credentials.note_expired(anas, Message("session_ended"))

    assert sees(ana) == {"northwind"}


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


def test_a_customer_is_listed_once_whoever_else_has_access(ana, anas, ben, bens):
    organization = show(ana, "northwind").organization
    grant(ben, organization)

    assert visible_customers(ana).count() == 1
    assert Access.objects.count() == 2


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
