"""Who may see what by a permission list (ACCESS_PROOFS=listed)."""

from datetime import timedelta

import pytest

from customers.models import Change, Credentials, Customer, Watch
from customers.services.access.how_proved import kinds_of_proof, listing_of, proof_ends
from customers.services.access.sight import sight_of
from customers.services.access.visible import (
    last_sent,
    past_of,
    sees_whole_past,
    visible_changes,
    visible_customer,
)
from customers.services.credentials import store as credentials
from customers.services.watching.unread import count_unread
from customers.services.watching.watches import watch
from tests.helpers.access.lists import LISTED, is_known, list_for
from tests.helpers.access.visible import sees
from tests.helpers.rows import API_KEY, ago, grant, make_change, make_customer, make_organization

HOUR = timedelta(hours=1)


@pytest.fixture
def listed(settings, ana, anas, northwind):
    """A customer that somebody else was sent, and Ana with a session that has just worked."""
    settings.ACCESS_PROOFS = LISTED
    settings.ACCESS_PROOF_TTL = HOUR
    is_known(ana)
    return make_customer(northwind)


def test_a_list_shows_the_customer_to_whom_it_names(listed, ana, ben, bens, northwind):
    is_known(ben)

    list_for(northwind, ana, by=ben)

    assert sees(ana) == {"northwind"}
    assert sees(ben) == set()


def test_a_list_proves_only_the_organization_that_it_is_of(listed, ana, northwind):
    make_customer(make_organization("southwind"))

    list_for(northwind, ana)

    assert sees(ana) == {"northwind"}


def test_a_list_proves_nothing_under_own_proofs(listed, ana, northwind, settings):
    list_for(northwind, ana)
    settings.ACCESS_PROOFS = "own"

    assert sees(ana) == set()


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"users_id_returned_at": None}, id="the usersId was not returned"),
        pytest.param({"proved_at": 61}, id="the session has not worked lately"),
        pytest.param({"proved_at": None}, id="the session never worked"),
        pytest.param({"proves_since": 4}, id="the credentials are newer than the list"),
    ],
)
def test_a_list_shows_nothing_without(listed, ana, northwind, facts):
    list_for(northwind, ana)
    Credentials.objects.update(**{name: at and ago(at) for name, at in facts.items()})

    assert sees(ana) == set()


def test_a_list_older_than_its_time_to_live_shows_nothing(listed, ana, northwind):
    list_for(northwind, ana, minutes=61)

    assert sees(ana) == set()


@pytest.mark.parametrize("state", ["denied", "missing"])
@pytest.mark.parametrize("minutes", [3, 7, 600], ids=["later", "earlier", "long ago"])
def test_a_refusal_to_own_credentials_beats_any_list(listed, ana, northwind, state, minutes):
    list_for(northwind, ana)
    grant(ana, northwind, state=state, proved_at=ago(minutes), customer_sent_at=None)

    assert sees(ana) == set()


def test_a_refusal_to_former_credentials_does_not_beat_a_list(listed, ana, northwind):
    list_for(northwind, ana)
    grant(ana, northwind, state="denied", proved_at=ago(7), customer_sent_at=None)
    Credentials.objects.update(proves_since=ago(6))

    assert sees(ana) == {"northwind"}


def test_new_credentials_end_what_a_list_proved(listed, ana, northwind):
    list_for(northwind, ana)

    credentials.save_pasted(ana, API_KEY, "the token of somebody else")

    assert sees(ana) == set()


def test_an_own_not_set_up_does_not_hide_what_a_list_shows(listed, ana, northwind):
    grant(ana, northwind, customer_sent_at=None)
    assert sees(ana) == set()

    list_for(northwind, ana)

    assert sees(ana) == {"northwind"}


def test_a_list_shows_no_past_from_before_it_began(listed, ana, northwind):
    Customer.objects.update(delinquent=True, delinquent_seen_at=ago(30), state_seen_at=ago(30))
    make_change(northwind, minutes=3, last4=["1881", "4242"])
    list_for(northwind, ana)  # later than the answer before the change

    customer = visible_customer(ana, "northwind")

    sight = sight_of(customer)
    assert (sight.sent_at, sight.changed_for_user, sight.state_since) == (None, None, None)
    assert sight.delinquent_since is None
    assert last_sent(ana, customer) is None
    assert past_of(ana, customer) == []
    assert not sees_whole_past(ana, northwind.pk)


def test_an_own_proof_that_has_lapsed_shows_no_past_beside_a_list(listed, ana, northwind):
    make_change(northwind, minutes=90, last4=["1881", "4242"])
    grant(ana, northwind, proved_at=ago(80), customer_sent_at=ago(80))
    list_for(northwind, ana)

    customer = visible_customer(ana, "northwind")

    assert customer is not None
    assert last_sent(ana, customer) is None
    assert past_of(ana, customer) == []


@pytest.mark.parametrize(("later", "shown"), [(-1, 1), (0, 1), (1, 0)])
def test_a_list_shows_changes_only_between_answers_since_it_names_the_user(
    listed, ana, northwind, later, shown
):
    after = ago(45)
    list_for(northwind, ana, since=after + timedelta(microseconds=later))
    watch(ana, [northwind.pk])
    Watch.objects.update(read_until=ago(500))
    make_change(northwind, minutes=3, last4=["1881", "4242"])
    Change.objects.update(after=after)

    assert visible_changes(ana).count() == shown
    assert count_unread(ana) == shown
    assert len(past_of(ana, visible_customer(ana, "northwind"))) == shown


def test_it_is_told_how_access_is_proved(listed, ana, ben, northwind):
    list_for(northwind, ana, by=ben)
    customer = visible_customer(ana, "northwind")
    assert kinds_of_proof(ana, [customer]) == {customer.pk: "listed"}
    listing = listing_of(ana, customer)
    assert (listing.seen_by, listing.seen_at) == ("ben", northwind.permissionlist.asked_at)

    grant(ana, northwind)

    customer = visible_customer(ana, "northwind")
    assert kinds_of_proof(ana, [customer]) == {customer.pk: "own"}
    assert listing_of(ana, customer) is None


def test_a_listed_proof_ends_with_the_list_or_the_session(listed, ana, northwind):
    list_for(northwind, ana)
    customer = visible_customer(ana, "northwind")
    assert proof_ends(ana, customer) == northwind.permissionlist.asked_at + HOUR

    used_at = ago(20)
    Credentials.objects.update(proved_at=used_at)

    assert proof_ends(ana, customer) == used_at + HOUR


def test_a_proof_ends_with_the_later_of_own_and_listed(listed, ana, northwind):
    list_for(northwind, ana, minutes=5)
    sent_at = ago(10)
    grant(ana, northwind, proved_at=sent_at, customer_sent_at=sent_at)

    customer = visible_customer(ana, "northwind")

    assert proof_ends(ana, customer) == northwind.permissionlist.asked_at + HOUR
