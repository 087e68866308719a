"""What a permission list changes, in which order lists may arrive, and what changes nothing."""

import pytest

from customers.models import Credentials, ListedUser, PermissionList
from customers.services.access.visible import visible_changes
from customers.services.checking.outcome import Result
from customers.services.checking.permission_lists import store_lists
from customers.services.checking.store import store
from customers.services.credentials import store as credentials
from customers.services.credentials.write_row import keep_secrets, note_users_id
from customers.upstream.secrets import Secrets
from tests.helpers.access.lists import LISTED, is_known, told, untold
from tests.helpers.access.visible import sees
from tests.helpers.rows import (
    API_KEY,
    ago,
    answered,
    give_credentials,
    make_change,
    make_customer,
    refused,
)

OTHERS = Secrets(API_KEY, "the token of somebody else")


def sign_in_as(user, users_id):
    """Catalyze has said whose new session it is."""
    keep_secrets(user.pk, OTHERS, users_id, Credentials.State.ACTIVE)


def is_verified_as(user, users_id):
    """Catalyze has said that the stored session is another user's."""
    saved_at = Credentials.objects.get(user=user).saved_at
    assert note_users_id(user.pk, saved_at, users_id)


becoming = pytest.mark.parametrize("become", [sign_in_as, is_verified_as])


@pytest.fixture(autouse=True)
def _known(settings, ana, anas, ben, bens, northwind):
    settings.ACCESS_PROOFS = LISTED
    is_known(ana, "a-1")
    is_known(ben, "b-1")
    make_customer(northwind)


def test_of_a_list_only_the_portals_own_users_are_kept(ana, ben, bens):
    store_lists([told("northwind", bens, 5, "a-1", "somebody", "else")])

    assert (sees(ana), sees(ben)) == ({"northwind"}, set())
    row = PermissionList.objects.get()
    assert row.fetched_with == ben
    assert list(ListedUser.objects.values_list("user", "since")) == [(ana.pk, row.asked_at)]


def test_a_users_id_that_catalyze_did_not_return_names_nobody(ana, anas):
    Credentials.objects.filter(user=ana).update(users_id_returned_at=None)

    store_lists([told("northwind", anas, 5, "a-1", "")])

    assert not ListedUser.objects.exists()


def test_everybody_with_the_same_upstream_user_is_named(ana, ben, bens):
    is_known(ben, "a-1")

    store_lists([told("northwind", bens, 5, "a-1")])

    assert sees(ana) == sees(ben) == {"northwind"}


def test_a_later_list_without_a_user_ends_a_listed_proof_at_once(ana, ben, bens):
    store_lists([told("northwind", bens, 9, "a-1", "b-1")])

    store_lists([told("northwind", bens, 5, "b-1")])

    assert (sees(ana), sees(ben)) == (set(), {"northwind"})


def test_a_later_list_without_a_user_does_not_end_an_own_proof(ana, anas, bens):
    store([answered("northwind", anas, ago(9))])

    store_lists([told("northwind", bens, 5)])

    assert sees(ana) == {"northwind"}


@pytest.mark.parametrize("together", [True, False])
def test_an_older_list_that_arrives_late_changes_nothing(ana, ben, bens, together):
    newer, older = told("northwind", bens, 5, "b-1"), told("northwind", bens, 9, "a-1")

    for lists in [[newer, older]] if together else [[newer], [older]]:
        store_lists(lists)

    assert (sees(ana), sees(ben)) == (set(), {"northwind"})
    assert PermissionList.objects.get().asked_at == newer.asked_at


@pytest.mark.parametrize(
    "result", [Result.DENIED, Result.MISSING, Result.INVALID, Result.UNAVAILABLE, Result.EXPIRED]
)
def test_a_list_that_could_not_be_read_neither_proves_nor_denies(ana, bens, result):
    store_lists([told("northwind", bens, 9, "a-1")])

    store_lists([untold("northwind", bens, 5, result)])

    assert sees(ana) == {"northwind"}
    row = PermissionList.objects.get()
    assert row.asked_at < row.attempted_at
    is_expired = Credentials.objects.filter(user=bens.user_id, state="expired").exists()
    assert is_expired == (result is Result.EXPIRED)


def test_a_denial_later_than_the_list_beats_it_and_a_grant_ends_that(ana, anas, bens):
    store_lists([told("northwind", bens, 9, "a-1")])
    store([refused("northwind", anas, ago(8), Result.DENIED)])
    store_lists([told("northwind", bens, 7, "a-1")])
    assert sees(ana) == set()

    store([answered("northwind", anas, ago(6))])

    assert sees(ana) == {"northwind"}


def test_a_list_of_credentials_that_were_replaced_meanwhile_is_discarded(ana, ben, bens):
    give_credentials(ben, "the token of somebody else")
    Credentials.objects.filter(user=ben).update(proves_since=ana.date_joined)

    store_lists([told("northwind", bens, 5, "a-1")])

    assert not PermissionList.objects.exists()


def test_a_user_is_named_anew_after_a_gap_between_lists(ana, bens, settings):
    store_lists([told("northwind", bens, 60 * 24 * 4, "a-1")])
    store_lists([told("northwind", bens, 60 * 24 * 2, "a-1")])
    first = ListedUser.objects.get().since
    settings.ACCESS_PROOF_TTL /= 3

    store_lists([told("northwind", bens, 5, "a-1")])

    assert first < PermissionList.objects.get().asked_at == ListedUser.objects.get().since


def test_what_was_listed_is_forgotten_with_the_credentials(ana, bens, sandbox):
    store_lists([told("northwind", bens, 5, "a-1")])

    credentials.forget(ana)

    assert not ListedUser.objects.exists()


def test_each_list_is_one_call_of_who_asked(ben, bens):
    store_lists([told("northwind", bens, 5, "a-1"), told("northwind", bens, 4, "a-1")])

    assert Credentials.objects.get(user=ben).calls == 2


@becoming
def test_a_list_of_a_clock_that_was_ahead_proves_nothing_to_another_upstream_user(
    ana, bens, become
):
    store_lists([told("northwind", bens, -60, "a-1")])
    assert sees(ana) == {"northwind"}

    become(ana, "z-9")

    assert sees(ana) == set()
    assert not ListedUser.objects.exists()


@becoming
def test_another_upstream_user_sees_no_change_from_before_a_list_named_them(
    ana, bens, northwind, become
):
    store_lists([told("northwind", bens, 60 * 24, "a-1")])
    make_change(northwind, minutes=600, last4=["1881", "4242"])
    assert visible_changes(ana).exists()

    become(ana, "z-9")
    Credentials.objects.filter(user=ana).update(proves_since=ago(5))
    store_lists([told("northwind", bens, 1, "z-9")])

    assert sees(ana) == {"northwind"}
    assert not visible_changes(ana).exists()


def test_the_same_upstream_user_stays_listed_in_a_new_session(ana, bens):
    store_lists([told("northwind", bens, 60 * 24, "a-1")])

    sign_in_as(ana, "a-1")

    assert sees(ana) == {"northwind"}


def test_after_a_clock_was_set_back_a_list_replaces_one_in_the_future(ana, bens):
    store_lists(
        [told("northwind", bens, -600, "a-1"), untold("northwind", bens, -500, Result.DENIED)]
    )
    former = ListedUser.objects.get().since

    store_lists([told("northwind", bens, 1, "a-1")])

    row = PermissionList.objects.get()
    assert row.asked_at == row.attempted_at == ListedUser.objects.get().since < former


def test_a_failure_that_arrives_late_is_not_the_last_attempt(bens):
    last = untold("northwind", bens, 5, Result.DENIED)

    store_lists([last])
    store_lists([untold("northwind", bens, 9, Result.DENIED)])

    assert PermissionList.objects.get().attempted_at == last.asked_at
