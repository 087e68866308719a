"""A sync under ACCESS_PROOFS=listed, over real HTTP: what it asks, with whose credentials, and
whom the lists then prove."""

import json

import pytest

from customers.models import (
    Access,
    Credentials,
    Customer,
    ListedUser,
    PermissionList,
    SyncRun,
)
from customers.upstream.message import Message
from tests.conftest import make_staff, sign_in_upstream
from tests.helpers.access.lists import LISTED, list_calls
from tests.helpers.access.visible import sees
from tests.helpers.rows import ago
from tests.helpers.sync.runs import calls, run

SIX = {f"org-{number}" for number in range(6)}


@pytest.fixture
def three(settings, signed_in_ana, signed_in_ben, six):
    """Six organizations, for Ana, Ben and Carla."""
    settings.ACCESS_PROOFS = LISTED
    carla = make_staff("carla")
    sign_in_upstream(carla, six)
    for org_id in SIX:
        six.put_org(org_id, payment=["ana", "ben", "carla"])
    return signed_in_ana, signed_in_ben, carla


def make_due():
    PermissionList.objects.update(asked_at=ago(60 * 40), attempted_at=ago(60 * 40))
    Customer.objects.update(asked_at=ago(120), checked_at=ago(120))
    Credentials.objects.update(users_id_returned_at=ago(60 * 50), proves_since=ago(60 * 50))


def test_two_calls_prove_an_organization_to_everybody(three, six):
    report = run(*three)

    assert report.counts == {"card": 6}
    assert (report.lists, report.verified, report.is_complete) == (6, 0, True)
    assert (list_calls(six), calls(six)) == ({"200": 6}, {"200": 6})
    assert [sees(user) for user in three] == [SIX, SIX, SIX]
    assert Access.objects.count() == 6
    assert len(set(Access.objects.values_list("user", flat=True))) == 3
    assert (SyncRun.objects.get().lists, SyncRun.objects.get().verified) == (6, 0)


def test_what_is_fresh_is_not_asked_about_again(three, six):
    run(*three)

    report = run(*three)

    assert report.due == 0
    assert (list_calls(six), calls(six)) == ({"200": 6}, {"200": 6})


def test_each_cycle_makes_two_calls_at_most(three, six):
    run(*three)
    make_due()

    report = run(*three)

    assert report.checked == 6
    assert (list_calls(six), calls(six)) == ({"200": 12}, {"200": 12})


def test_a_list_alone_is_renewed_after_half_its_time(three, six):
    run(*three)
    PermissionList.objects.update(asked_at=ago(60 * 37), attempted_at=ago(60 * 37))
    Credentials.objects.update(users_id_returned_at=ago(60 * 50), proves_since=ago(60 * 50))

    report = run(*three)

    assert report.counts == {"listed": 6}
    assert report.is_complete
    assert (list_calls(six), calls(six)) == ({"200": 12}, {"200": 6})


def test_who_has_signed_in_since_a_list_is_listed_by_the_next_sync(three, six):
    ana, ben, carla = three
    Credentials.objects.filter(user=carla).delete()
    run(ana, ben)
    sign_in_upstream(carla, six)

    run(*three)

    assert sees(carla) == SIX
    assert calls(six) == {"200": 6}


def test_an_unlisted_user_is_not_asked_about_by_a_sync_and_asks_on_opening(three, six):
    ana, ben, carla = three
    six.put_org("org-0", payment=["ana"])
    run(*three)
    assert (sees(ben), sees(carla)) == (SIX - {"org-0"}, SIX - {"org-0"})
    assert calls(six, "org-0") == {"200": 1}
    assert not Access.objects.filter(user__in=[ben, carla], state="denied").exists()


def test_an_organization_that_lists_nobody_is_not_asked_about(three, six):
    six.put_org("org-0", payment=[])

    report = run(*three)
    again = run(*three)

    assert report.counts == {"card": 5, "listed": 1}
    assert again.due == 0
    assert (list_calls(six, "org-0"), calls(six, "org-0")) == ({"200": 1}, {})


def test_sessions_that_may_not_count_are_verified_first_once_each(three, six):
    ana, ben, carla = three
    Credentials.objects.filter(user=ana).update(users_id_returned_at=None, users_id="typed in")
    Credentials.objects.filter(user=ben).update(proved_at=ago(60 * 37))
    before = six.counts()["calls"].get("verify", {})
    former = Credentials.objects.get(user=ana).proves_since

    report = run(*three)

    assert (report.verified, SyncRun.objects.get().verified) == (2, 2)
    assert six.counts()["calls"]["verify"] == {"200": before.get("200", 0) + 2}
    known = Credentials.objects.get(user=ana)
    assert known.users_id == six.users()["ana"]["usersId"]
    assert known.proves_since > former
    assert [sees(user) for user in three] == [SIX, SIX, SIX]


def test_an_ended_session_is_left_out_and_told(three, six):
    ana, ben, carla = three
    Credentials.objects.filter(user=ana).update(proved_at=ago(60 * 37))
    six.expire_sessions("ana")

    report = run(*three)

    assert report.counts == {"card": 6}
    assert report.troubles == {Message("session_not_accepted"): 1}
    assert calls(six) == {"200": 6}


def test_a_session_that_ends_in_between_costs_no_third_call(three, six):
    six.expire_sessions("ben")

    run(*three, concurrency=1)

    for org_id in SIX:
        made = [list_calls(six, org_id), calls(six, org_id)]
        assert sum(sum(each.values()) for each in made) <= 2


def test_a_malformed_list_proves_and_denies_nothing_and_is_told(three, six):
    run(*three)
    make_due()
    body = json.dumps({"orgId": "org-0", "permissions": {"payment": None}})
    six.set_fault("status", route="org", org="org-0", status=200, body=body)

    report = run(*three, org_ids=["org-0"])

    assert report.troubles == {Message("permissions_malformed"): 1}
    assert report.counts == {"card": 1}
    assert ListedUser.objects.filter(organization__org_id="org-0").count() == 3


@pytest.mark.parametrize("status", [403, 404, 500])
def test_without_a_list_who_asked_for_it_asks_for_the_customer(three, six, status):
    six.set_fault("status", route="org", status=status, body="{}")

    report = run(*three, org_ids=["org-0"])

    assert report.counts == {"card": 1}
    assert Access.objects.count() == 1
    assert calls(six) == {"200": 1}


def test_a_list_that_could_not_be_read_is_not_asked_for_again_at_once(three, six):
    six.set_fault("status", route="org", status=403, body="{}")
    run(*three)

    report = run(*three)

    assert report.due == 0
    assert list_calls(six) == {"403": 6}


def test_who_was_denied_is_not_asked_about_though_listed(three, six):
    ana, ben, carla = three
    run(*three)
    make_due()
    org = ListedUser.objects.filter(organization__org_id="org-0")[0].organization
    Access.objects.filter(organization=org).delete()
    for user in (ana, ben):
        Access.objects.create(user=user, organization=org, state="denied", proved_at=ago(9))

    run(*three, org_ids=["org-0"])

    assert set(Access.objects.filter(organization=org, state="granted")) == {
        Access.objects.get(organization=org, user=carla)
    }
    assert (sees(ana) & {"org-0"}, sees(carla) & {"org-0"}) == (set(), {"org-0"})


def test_a_permission_that_was_withdrawn_ends_at_the_next_list(three, six):
    ana, ben, carla = three
    run(*three)
    holder = Access.objects.get(organization__org_id="org-0").user
    others = [user.username for user in three if user != holder]
    gone, kept = others
    six.put_org("org-0", payment=[kept, holder.username])
    make_due()

    run(*three)

    by_name = {user.username: user for user in three}
    assert sees(by_name[gone]) == SIX - {"org-0"}
    assert sees(by_name[kept]) == SIX


def test_whom_no_list_names_and_who_may_see_it_is_asked_about_the_customer(three, six):
    ana, *_ = three
    run(*three)
    six.put_org("org-0", payment=["ana"])
    Access.objects.filter(organization__org_id="org-0").update(user=ana)
    make_due()
    body = json.dumps({"orgId": "org-0", "permissions": {"payment": []}})
    six.set_fault("status", route="org", org="org-0", status=200, body=body)

    report = run(*three)

    assert report.counts == {"card": 6}
    assert calls(six, "org-0") == {"200": 2}
