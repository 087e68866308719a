"""What a check of an organization that the portal does not know comes to."""

import pytest

from customers.models import Access, Organization
from customers.services.checking.check import check
from customers.services.checking.outcome import Result
from tests.helpers.checking import ABOUT_THE_SESSION, ORG, stored


@pytest.mark.parametrize("text", ABOUT_THE_SESSION)
def test_400_about_the_session_registers_nothing(upstream, signed_in_ana, text):
    upstream.set_fault("status", status=400, body=text)

    assert check(signed_in_ana, ORG).result is Result.UNAVAILABLE
    assert not Organization.objects.exists()
    assert not Access.objects.exists()


def test_an_unknown_organization_is_registered_with_its_name(upstream, signed_in_ana):
    check(signed_in_ana, f" {ORG} ")

    organization = Organization.objects.get()
    assert (organization.org_id, organization.name) == (ORG, "Northwind Clinics")
    assert stored(organization).last4 == "4242"


def test_an_unknown_organization_that_is_not_set_up_is_registered_too(upstream, signed_in_ana):
    upstream.delete_customer(ORG)

    check(signed_in_ana, ORG)

    assert stored(Organization.objects.get()).state == "none"


def test_an_unknown_organization_is_registered_even_if_its_name_is_not_told(
    upstream, signed_in_ana
):
    upstream.set_fault("500", route="org")

    check(signed_in_ana, ORG)

    organization = Organization.objects.get()
    assert (organization.org_id, organization.name) == (ORG, "")


def test_an_unknown_organization_is_not_registered_on_403(upstream, signed_in_ana):
    upstream.put_org(ORG, payment=[])

    assert check(signed_in_ana, ORG).result is Result.DENIED
    assert not Organization.objects.exists()


def test_an_unknown_organization_is_not_registered_on_404(upstream, signed_in_ana):
    assert check(signed_in_ana, "nowhere").result is Result.MISSING
    assert not Organization.objects.exists()


def test_an_organization_met_before_is_asked_about_once_and_by_no_other_route(
    checked, upstream, signed_in_ana
):
    before = upstream.counts()["calls"]

    check(signed_in_ana, ORG)

    counts = upstream.counts()
    assert before == {"signin": {"200": 1}, "customer": {"200": 1}, "org": {"200": 1}}
    assert counts["calls"] == before | {"customer": {"200": 2}}
    assert counts["undocumented"] == 0
