"""Verify before alarming: what is stale is asked about again, once, and within bounds."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Customer
from customers.services.checking.check import check
from customers.services.checking.check_many import Checked
from customers.services.checking.reverify import reverify
from customers.upstream.message import Message
from tests.helpers.rows import make_organization


@pytest.fixture
def rows(signed_in_ana, sandbox):
    """A function that gives three organizations of Ana's, checked so many hours ago."""
    org_ids = [organization["org_id"] for organization in sandbox.organizations()[:3]]
    for org_id in org_ids:
        make_organization(org_id)
        check(signed_in_ana, org_id)

    def of_age(hours):
        at = timezone.now() - timedelta(hours=hours)
        Customer.objects.update(checked_at=at, asked_at=at, attempted_at=at)
        return read()

    return of_age


@pytest.fixture
def asked(rows, sandbox):
    """A function that tells how often Catalyze was asked since the rows were made."""
    before = sandbox.counts()["total"]
    return lambda: sandbox.counts()["total"] - before


def read():
    return list(Customer.objects.select_related("organization").order_by("pk"))


def test_what_is_fresh_is_not_asked_about(signed_in_ana, rows, asked):
    assert reverify(signed_in_ana, rows(0)) == Checked()
    assert asked() == 0


@pytest.mark.parametrize("hours", [5, -5], ids=["old", "of a clock that was ahead"])
def test_what_is_stale_is_asked_about_once(signed_in_ana, rows, asked, hours):
    stale = rows(hours)

    assert reverify(signed_in_ana, stale) == Checked(done=3)
    assert reverify(signed_in_ana, read()) == Checked()
    assert asked() == 3


def test_what_could_not_be_asked_is_not_asked_about_again_at_once(
    signed_in_ana, rows, asked, sandbox
):
    stale = rows(5)
    sandbox.set_fault("500")

    trouble = Message.of("server_fault", status=500)
    assert reverify(signed_in_ana, stale) == Checked(0, 3, trouble)
    so_far = asked()
    assert reverify(signed_in_ana, read()) == Checked()

    assert asked() == so_far
    assert all(row.checked_at < timezone.now() - timedelta(hours=4) for row in read())


def test_what_another_check_is_on_is_left_to_it(signed_in_ana, rows):
    stale = rows(5)
    lease = timezone.now() + timedelta(minutes=1)
    Customer.objects.filter(pk=stale[0].pk).update(lease_until=lease)

    assert reverify(signed_in_ana, stale) == Checked(done=2)

    assert [row.lease_until for row in read()] == [lease, None, None]


def test_without_credentials_it_says_so_and_holds_nothing(rows, ben):
    verified = reverify(ben, rows(5))

    assert (verified.done, verified.failed) == (0, 0)
    assert verified.trouble
    assert not Customer.objects.exclude(lease_until=None).exists()
