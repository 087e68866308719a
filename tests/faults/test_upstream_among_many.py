"""What pages and the sync make of an upstream that fails for some organizations among many."""

import pytest

from customers.models import Access, Change, Customer, Organization
from customers.services.wording.messages import said
from tests.helpers.commands import run
from tests.helpers.rows import stripe_customer
from tests.helpers.upstream.failing import (
    NOT_JSON,
    NOT_REACHED,
    ONE,
    OWN_FAULT,
    Fault,
    met,
    text_of,
)

MANY = [f"many-{number}" for number in range(6)]
# Only a share of the calls fails, so that the same page or sync meets failures and answers.
FLAPPING = [
    Fault("now and then reset", "reset", {"share": 0.7}, NOT_REACHED),
    Fault("now and then not JSON", "not-json", {"share": 0.5}, NOT_JSON, ONE),
    Fault("now and then an internal error", "500", {"share": 0.5}, OWN_FAULT, ONE),
    Fault("now and then not available", "503", {"share": 0.7}, "not available now (503)"),
]
of_each_flapping = pytest.mark.parametrize(
    "fault", FLAPPING, ids=[fault.name for fault in FLAPPING]
)


@pytest.fixture
def many(as_ana, sandbox):
    """Ana's browser, to which MANY were shown; each has another card by now."""
    for org_id in MANY:
        sandbox.put_org(org_id, payment=["ana"])
        sandbox.put_customer(org_id, stripe_customer())
        Organization.objects.create(org_id=org_id)
    assert run("sync_customers").code == 0
    for org_id in MANY:
        sandbox.put_customer(org_id, stripe_customer(last4="1881"))
    return as_ana


def failed_among_many(fault):
    """How many of MANY still have their last answer; all others have the new one, once."""
    rows = list(Customer.objects.filter(organization__org_id__in=MANY))
    assert len(rows) == len(MANY)
    failed = [row for row in rows if row.last_error]
    assert {row.last4 for row in failed} <= {"4242"}
    assert {row.last4 for row in rows if not row.last_error} <= {"1881"}
    assert all(fault.words in said(row.last_error) for row in failed)
    assert {row.state for row in rows} == {"card"}
    assert set(Access.objects.values_list("state", flat=True)) == {"granted"}
    assert Change.objects.count() == len(MANY) - len(failed)
    return len(failed)


@of_each_flapping
def test_pages_tell_of_each_organization_whether_it_could_be_checked(
    many, sandbox, settings, fault
):
    with met(fault, sandbox, settings, times=len(MANY)):
        answers = [many.post(f"/orgs/{org_id}/check/", follow=True) for org_id in MANY]

    pages = [text_of(answer).rpartition("<main")[2] for answer in answers]
    stale = [page for page in pages if "Showing the last known state." in page]
    assert len(stale) == failed_among_many(fault)
    assert 0 < len(stale) < len(MANY)
    for page in pages:
        assert (fault.words in page) == (page in stale)
        assert ("Visa •••• 4242" if page in stale else "Visa •••• 1881") in page
        assert "No payment method" not in page


@of_each_flapping
def test_a_check_of_many_counts_those_that_could_not_be(many, sandbox, settings, fault):
    with met(fault, sandbox, settings, times=len(MANY)):
        text = text_of(many.post("/check-selected/", {"org": MANY}, follow=True))

    failed = failed_among_many(fault)
    assert 0 < failed < len(MANY)
    assert f"{len(MANY) - failed} checked. {failed} check" in text


@of_each_flapping
def test_a_sync_stores_what_it_gets_and_the_next_one_the_rest(many, sandbox, settings, fault):
    with met(fault, sandbox, settings, times=len(MANY)):
        ran = run("sync_customers", "--max-age=0s", "--json")
    failed = failed_among_many(fault)
    again = run("sync_customers", "--max-age=0s", "--json")

    outcome = "invalid" if fault.words == NOT_JSON else "unavailable"
    assert 0 < failed < len(MANY)
    assert ran.code == 1
    assert ran.object["outcomes"] == {"card": len(MANY) - failed, outcome: failed}
    assert fault.words in ran.err
    assert (again.code, again.object["outcomes"]) == (0, {"card": len(MANY)})
    assert failed_among_many(fault) == 0
