"""Which permission lists a sync reads, and in which order it asks users."""

import pytest

from customers.models import Credentials
from customers.services.checking.outcome import Result
from customers.services.checking.permission_lists import store_lists
from customers.services.sync import by_lists
from customers.services.sync.due import due
from tests.helpers.access.lists import LISTED, is_known, list_for, told, untold
from tests.helpers.rows import ago
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


def test_who_has_worked_by_a_clock_that_was_ahead_is_verified(ana, ben):
    Credentials.objects.filter(user=ana).update(proved_at=ago(-300 * DAY))

    assert by_lists.needs_verifying([ana.pk, ben.pk]) == {ana.pk}
