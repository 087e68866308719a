"""A sync over real HTTP: about what the upstream is asked, and with whose credentials."""

from datetime import timedelta

import pytest

from customers.models import Access, Credentials, Customer, SyncRun
from customers.services.sync.credential_pool import users_to_check_with
from tests.helpers.rows import ago, stripe_customer
from tests.helpers.sync.runs import calls, make_stale, run, sync_of


def test_a_denial_is_no_failure(signed_in_ana, six):
    six.put_org("org-0", payment=[])
    six.delete_org("org-1")

    report = run(signed_in_ana)

    assert report.counts == {"card": 4, "denied": 1, "missing": 1}
    assert (report.failed, report.is_complete) == (0, True)


def test_a_denial_falls_through_to_another_user(signed_in_ana, signed_in_ben, six):
    run(signed_in_ana, signed_in_ben)
    make_stale()
    Access.objects.filter(user=signed_in_ana).update(proved_at=ago(101))
    six.put_org("org-0", payment=["ben"])
    six.put_customer("org-0", stripe_customer(last4="1881"))

    report = run(signed_in_ana, signed_in_ben)

    assert report.counts == {"card": 6}
    assert Customer.objects.get(organization__org_id="org-0").last4 == "1881"
    denied = Access.objects.get(user=signed_in_ana, organization__org_id="org-0")
    assert denied.state == "denied"


def test_a_fresh_denial_is_not_asked_about_again(signed_in_ana, six):
    six.put_org("org-0", payment=[])
    run(signed_in_ana)

    report = run(signed_in_ana, max_age=timedelta(0))

    assert report.checked == 5
    assert calls(six, "org-0") == {"403": 1}


def test_a_named_organization_is_asked_about_after_a_fresh_denial(signed_in_ana, six):
    six.put_org("org-0", payment=[])
    run(signed_in_ana)

    report = run(signed_in_ana, org_ids=("org-0",))

    assert report.counts == {"denied": 1}
    assert calls(six, "org-0") == {"403": 2}


def test_every_user_gets_a_proof_of_their_own(signed_in_ana, signed_in_ben, six):
    six.put_org("org-0", payment=["ana"])

    report = run(signed_in_ana, signed_in_ben)

    assert report.counts == {"card": 6}
    assert calls(six) == {"200": 11, "403": 1}
    granted = Access.objects.filter(state="granted")
    assert granted.filter(user=signed_in_ana).count() == 6
    assert granted.filter(user=signed_in_ben).count() == 5


def test_what_is_stale_is_asked_once_however_many_users_may(signed_in_ana, signed_in_ben, six):
    run(signed_in_ana, signed_in_ben)
    make_stale()

    report = run(signed_in_ana, signed_in_ben)

    assert report.checked == 6
    assert calls(six) == {"200": 18}


def test_what_is_fresh_is_not_asked_about_again(signed_in_ana, six):
    run(signed_in_ana)

    report = run(signed_in_ana)

    assert (report.due, report.checked, report.is_complete) == (0, 0, True)
    assert calls(six) == {"200": 6}


def test_only_named_organizations_are_asked_about(signed_in_ana, six):
    report = run(signed_in_ana, org_ids=("org-2", "org-4"))

    assert (report.due, report.checked) == (2, 2)
    assert calls(six, "org-2") == calls(six, "org-4") == {"200": 1}
    assert calls(six) == {"200": 2}


@pytest.mark.parametrize("limit", [1, 5, 6, 7])
def test_a_limit_is_kept(signed_in_ana, six, limit):
    report = run(signed_in_ana, limit=limit)

    assert report.due == report.checked == min(limit, 6)
    assert calls(six) == {"200": min(limit, 6)}


def test_no_more_are_asked_about_at_once_than_is_said(signed_in_ana, six):
    six.set_latency(0.02)

    run(signed_in_ana, concurrency=2)

    assert six.counts()["max_concurrent"] <= 2


def test_counting_what_is_due_asks_nothing(signed_in_ana, six):
    assert sync_of(signed_in_ana).count_due() == 6
    assert sync_of(signed_in_ana, limit=4).count_due() == 4
    assert calls(six) == {}
    assert not SyncRun.objects.exists()


def test_who_may_ask_is_who_has_working_credentials_and_is_active(ana, anas, ben, bens):
    assert users_to_check_with([]) == (ana.pk, ben.pk)
    assert users_to_check_with(["ben"]) == (ben.pk,)

    Credentials.objects.filter(user=ana).update(state="refused")
    type(ben).objects.filter(pk=ben.pk).update(is_active=False)

    assert users_to_check_with([]) == ()
    assert users_to_check_with(["ben"]) == ()
