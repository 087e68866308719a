"""Which permission lists a sync reads, and in which order it asks users."""

import pytest

from customers.models import Credentials
from customers.services.checking.outcome import Result
from customers.services.checking.permission_lists import store_lists
from customers.services.sync import by_lists
from customers.services.sync.due import due
from tests.conftest import make_staff
from tests.helpers.access.lists import LISTED, is_known, list_for, told, untold
from tests.helpers.rows import ago, grant
from tests.helpers.sync.due import checked, scope_of

DAY = 24 * 60  # minutes


@pytest.fixture(autouse=True)
def _known(settings, ana, anas, ben, bens):
    settings.ACCESS_PROOFS = LISTED
    for user in (ana, ben):
        is_known(user, users_id_returned_at=ago(5 * DAY))


def askers(key, *users, is_forced=False):
    scope = scope_of(*users)
    found = by_lists.askers(
        scope.user_ids, scope.started_at, scope.stale_before, [key], is_forced=is_forced
    )
    return found[key]


def is_due(*users):
    return due(scope_of(*users)).exists()


def test_a_fresh_list_is_not_due(ana, ben):
    list_for(checked("fresh", 1).organization, ana, ben)

    assert not is_due(ana, ben)


def test_a_list_of_a_clock_that_was_ahead_is_due(ana, ben):
    organization = checked("ahead", 1).organization
    list_for(organization, ana, minutes=-300 * DAY)

    assert is_due(ana, ben)
    assert set(askers(organization.pk, ana, ben).fetch) == {ana.pk, ben.pk}


def test_clocks_that_differ_by_seconds_make_no_list_due(ana, ben):
    list_for(checked("fresh", 1).organization, ana, ben, minutes=-0.5)

    assert not is_due(ana, ben)


def test_an_attempt_of_a_clock_that_was_ahead_does_not_put_off_the_next(ana, bens):
    checked("ahead", 1)
    store_lists([untold("ahead", bens, -300 * DAY, Result.DENIED)])

    assert is_due(ana)


def test_a_failure_after_a_list_of_a_clock_that_was_ahead_puts_off_the_next(ana, bens):
    checked("ahead", 1)
    store_lists([told("ahead", bens, -300 * DAY)])
    store_lists([untold("ahead", bens, 1, Result.DENIED)])

    assert not is_due(ana)


def test_who_has_never_worked_is_verified(ana, ben):
    Credentials.objects.filter(user=ana).update(proved_at=None)

    assert by_lists.needs_verifying([ana.pk, ben.pk]) == {ana.pk}


def test_who_has_worked_by_a_clock_that_was_ahead_is_verified(ana, ben):
    Credentials.objects.filter(user=ana).update(proved_at=ago(-300 * DAY))

    assert by_lists.needs_verifying([ana.pk, ben.pk]) == {ana.pk}


def test_a_user_who_was_known_by_a_clock_that_was_ahead_does_not_make_lists_due_for_ever(ana, ben):
    list_for(checked("fresh", 1).organization, ana, ben)
    Credentials.objects.filter(user=ana).update(users_id_returned_at=ago(-300 * DAY))

    assert not is_due(ana, ben)


DENIED = {"state": "denied", "customer_sent_at": None}


def test_who_was_denied_is_not_asked(ana, ben):
    organization = checked("stale", 61).organization
    list_for(organization, ana, ben, minutes=4 * DAY)
    grant(ana, organization, **DENIED)

    found = askers(organization.pk, ana, ben)

    assert (found.fetch, found.see) == ((ben.pk,), (ben.pk,))


@pytest.mark.parametrize(
    ("denied_at", "since"),
    [
        pytest.param(4 * DAY, 9 * DAY, id="longer ago than ACCESS_PROOF_TTL"),
        pytest.param(2 * DAY, 1 * DAY, id="with former credentials"),
    ],
)
def test_a_denial_that_no_longer_counts_keeps_nobody_from_asking(ana, denied_at, since):
    organization = checked("stale", 61).organization
    list_for(organization, ana)
    grant(ana, organization, proved_at=ago(denied_at), **DENIED)
    Credentials.objects.update(proves_since=ago(since))

    assert askers(organization.pk, ana).see == (ana.pk,)
    assert is_due(ana)


def test_if_everybody_was_denied_they_fetch_the_list_all_the_same(ana, ben):
    organization = checked("new", 1).organization
    grant(ana, organization, **DENIED)
    grant(ben, organization, **DENIED)

    found = askers(organization.pk, ana, ben)

    assert (set(found.fetch), found.see) == ({ana.pk, ben.pk}, ())


def test_who_is_listed_is_asked_before_who_is_not(ana, ben):
    organization = checked("stale", 61).organization
    list_for(organization, ben)
    grant(ana, organization)

    assert askers(organization.pk, ana, ben).see == (ben.pk, ana.pk)


def test_of_those_who_are_listed_the_oldest_own_proof_is_renewed_first(ana, ben):
    carla = make_staff("carla")
    organization = checked("stale", 61).organization
    list_for(organization, ana, ben, carla)
    grant(ana, organization, proved_at=ago(20))
    grant(carla, organization, proved_at=ago(30))

    assert askers(organization.pk, ana, ben, carla).see == (carla.pk, ana.pk, ben.pk)
