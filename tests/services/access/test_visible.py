"""Who may see what: only what a user's own credentials have proved, and only for so long."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from customers.models import Access, Customer
from customers.services.access.visible import (
    visible_changes,
    visible_customers,
)
from customers.services.checking.store import store
from tests.helpers.access.visible import sees
from tests.helpers.rows import (
    ago,
    answered,
    failure,
    give_credentials,
    grant,
    make_change,
    make_customer,
    make_organization,
    not_set_up,
    show,
)


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


def test_a_customer_is_listed_once_whoever_else_has_access(ana, anas, ben, bens):
    organization = show(ana, "northwind").organization
    grant(ben, organization)

    assert visible_customers(ana).count() == 1
    assert Access.objects.count() == 2
