"""One check over real HTTP: what each answer of the upstream comes to, and what is stored of it."""

import pytest

from customers.models import Access, Credentials, Payload
from customers.services.access.visible import visible_customers
from customers.services.checking.check import check
from customers.services.checking.outcome import Result
from customers.services.credentials.store import CredentialsUnusable
from customers.upstream.errors import BadOrgId
from customers.upstream.message import Message
from tests.helpers.checking import ABOUT_THE_SESSION, ORG, stored
from tests.helpers.rows import make_organization, stripe_customer

PAGE = "<html><body>Bad Request</body></html>"
LATER = {"retry_after": 60}
PASSING = [
    ("429", LATER),
    ("500", {}),
    ("502", {}),
    ("503", LATER),
    ("504", {}),
    ("reset", {}),
    ("reset-midway", {}),
    ("timeout", {}),
    ("trickle", {}),
    ("truncated", {}),
    ("rate-limit-400", {}),
    ("malformed-400", {}),
    ("html-400", {}),
    ("status", {"status": 400, "body": PAGE, "content_type": "application/json"}),
]
UNUSABLE = [
    ("204", {}),
    ("not-json", {}),
    ("deep", {}),
    ("redirect", {}),
    ("wrong-object", {}),
    ("empty", {}),
    ("huge", {}),
    ("status", {"status": 200, "body": "null"}),
    ("status", {"status": 200, "body": '{"delinquent": false}'}),
    ("status", {"status": 304}),
    ("status", {"status": 418}),
]


@pytest.mark.parametrize("org_id", ["", " ", "a/b", "..", "a%2Fb", "a\x00b", "x" * 201])
def test_what_cannot_be_an_org_id_is_never_asked_about(upstream, signed_in_ana, org_id):
    with pytest.raises(BadOrgId):
        check(signed_in_ana, org_id)

    assert "customer" not in upstream.counts()["calls"]


def test_without_credentials_nothing_is_asked(upstream, ana):
    with pytest.raises(CredentialsUnusable):
        check(ana, ORG)

    assert upstream.counts()["total"] == 0


@pytest.mark.parametrize(
    ("result", "kind", "parameters"),
    [(Result.UNAVAILABLE, *fault) for fault in PASSING]
    + [(Result.INVALID, *fault) for fault in UNUSABLE],
)
def test_a_fault_stores_nothing_but_the_error(
    checked, upstream, signed_in_ana, result, kind, parameters
):
    before, proof = stored(checked), Access.objects.get()
    upstream.set_fault(kind, **parameters)

    outcome = check(signed_in_ana, ORG)

    after = stored(checked)
    assert outcome.result is result
    assert (after.last_error, after.attempted_at) == (outcome.error, outcome.asked_at)
    assert (after.last4, after.asked_at) == ("4242", before.asked_at)
    assert after.checked_at == before.checked_at
    assert Payload.objects.get().decoded == stripe_customer()
    assert Access.objects.get().proved_at == proof.proved_at
    assert Credentials.objects.get().state == "active"


def test_the_next_good_answer_clears_the_error(checked, upstream, signed_in_ana):
    upstream.set_fault("500")
    check(signed_in_ana, ORG)
    upstream.clear_faults()

    check(signed_in_ana, ORG)

    assert not stored(checked).last_error


def test_403_denies_access_at_once_and_keeps_the_answer_for_others(
    checked, upstream, signed_in_ana
):
    upstream.put_org(ORG, payment=["ben"])

    outcome = check(signed_in_ana, ORG)

    access = Access.objects.get()
    assert outcome.result is Result.DENIED
    assert (access.state, access.customer_sent_at) == ("denied", None)
    assert stored(checked).last4 == "4242"
    assert not stored(checked).last_error
    assert not visible_customers(signed_in_ana).exists()


def test_404_makes_access_missing_at_once(checked, upstream, signed_in_ana):
    upstream.delete_org(ORG)

    outcome = check(signed_in_ana, ORG)

    access = Access.objects.get()
    assert outcome.result is Result.MISSING
    assert (access.state, access.customer_sent_at) == ("missing", None)
    assert not visible_customers(signed_in_ana).exists()


def test_400_is_no_payment_method_and_not_set_up(checked, upstream, signed_in_ana):
    upstream.delete_customer(ORG)

    outcome = check(signed_in_ana, ORG)

    row = stored(checked)
    assert outcome.result is Result.ANSWERED
    assert (row.state, row.is_set_up, row.last4) == ("none", False, "")
    assert Access.objects.get().proved_at == outcome.asked_at
    assert not Payload.objects.exists()


@pytest.mark.parametrize("body", ["", "{}", '{"errors": []}', "[]", "Not set up."])
def test_400_means_not_set_up_whatever_shape_its_body_has(checked, upstream, signed_in_ana, body):
    upstream.set_fault("status", status=400, body=body)

    check(signed_in_ana, ORG)

    assert stored(checked).state == "none"


@pytest.mark.parametrize("text", ABOUT_THE_SESSION)
def test_400_about_the_session_changes_nothing(checked, upstream, signed_in_ana, text):
    proof = Access.objects.get()
    upstream.set_fault("status", status=400, body=text)

    outcome = check(signed_in_ana, ORG)

    assert outcome.result is Result.UNAVAILABLE
    assert (stored(checked).state, stored(checked).last4) == ("card", "4242")
    assert stored(checked).last_error == Message("request_malformed")
    assert Access.objects.get().proved_at == proof.proved_at


@pytest.mark.parametrize(
    ("payload", "state"),
    [
        (stripe_customer(), "card"),
        (stripe_customer(default_source=None, sources={"data": []}), "none"),
        (stripe_customer(default_source=None), "unlisted"),
        (stripe_customer(default_source="card_9"), "details_not_sent"),
        ({"object": "customer", "id": "cus_1"}, "unknown"),
        ({"object": "customer", "id": "cus_1", "deleted": True}, "deleted"),
    ],
)
def test_200_is_stored_and_grants_access(upstream, signed_in_ana, payload, state):
    organization = make_organization(ORG)
    upstream.put_customer(ORG, payload)

    outcome = check(signed_in_ana, ORG)

    row, access = stored(organization), Access.objects.get()
    assert (row.state, row.is_set_up) == (state, True)
    assert (row.asked_at, row.checked_at) == (outcome.asked_at, outcome.answered_at)
    assert row.checked_with == signed_in_ana
    assert (access.state, access.customer_sent_at) == ("granted", outcome.asked_at)
    assert list(visible_customers(signed_in_ana)) == [row]
