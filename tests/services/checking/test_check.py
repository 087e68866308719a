"""One check over real HTTP: what each answer of the upstream comes to, and what is stored of it."""

import pytest

from customers.models import Access, Credentials, Customer, Organization, Payload
from customers.services.access.visible import visible_customers
from customers.services.checking.check import ask, check
from customers.services.checking.outcome import Result
from customers.services.credentials import store as credentials
from customers.services.credentials.catalyze_client import client, rate_limit_of
from customers.services.credentials.store import CredentialsUnusable, open_credentials
from customers.upstream.errors import BadOrgId
from customers.upstream.message import Message
from tests.helpers.rows import make_organization, stripe_customer

ORG = "northwind"
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
ABOUT_THE_SESSION = [
    "Your session has ended.",
    '{"errors": [{"message": "The session token is invalid.", "code": 400}]}',
    '{"title": "Bad Request", "description": "You are not authorized."}',
    '{"error": {"type": "invalid_request_error", "code": "token_expired", "message": "No."}}',
]


@pytest.fixture
def upstream(sandbox):
    """A sandbox that has the organization, with a card, for Ana and Ben."""
    sandbox.put_org(ORG, name="Northwind Clinics", payment=["ana", "ben"])
    sandbox.put_customer(ORG, stripe_customer())
    return sandbox


@pytest.fixture
def checked(upstream, signed_in_ana):
    """The organization after a first good check by Ana."""
    organization = make_organization(ORG)
    check(signed_in_ana, ORG)
    return organization


def stored(organization):
    return Customer.objects.get(organization=organization)


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


def test_401_marks_the_credentials_and_keeps_the_proof(checked, upstream, signed_in_ana):
    upstream.expire_sessions("ana")

    outcome = check(signed_in_ana, ORG)

    assert outcome.result is Result.EXPIRED
    assert Credentials.objects.get().state == "expired"
    assert Access.objects.get().state == "granted"
    assert not stored(checked).last_error


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


@pytest.mark.parametrize("text", ABOUT_THE_SESSION)
def test_400_about_the_session_registers_nothing(upstream, signed_in_ana, text):
    upstream.set_fault("status", status=400, body=text)

    assert check(signed_in_ana, ORG).result is Result.UNAVAILABLE
    assert not Organization.objects.exists()
    assert not Access.objects.exists()


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


def test_400_says_nothing_if_it_is_the_untested_session_that_is_refused(upstream, ana):
    organization = make_organization(ORG)
    credentials.save_pasted(ana, upstream.api_key, "not a token")
    upstream.set_fault("status", status=400, body="{}")

    outcome = check(ana, ORG)

    assert outcome.result is Result.EXPIRED
    assert not Customer.objects.filter(organization=organization).exists()
    assert Credentials.objects.get().state == "expired"


def test_credentials_forgotten_while_asking_leave_the_outcome(upstream, ana):
    password = upstream.users()["ana"]["password"]
    credentials.sign_in(ana, "ana", password, upstream.api_key, keep=True)
    opened = open_credentials(ana.pk)
    credentials.forget(ana)

    outcome = ask(client(), ORG, opened, rate_limit_of(opened.secrets.api_key))

    assert outcome.result is Result.EXPIRED


@pytest.mark.parametrize(("fault", "state"), [("401", "refused"), ("503", "expired")])
def test_an_ended_session_that_cannot_be_renewed_stays_ended(upstream, ana, fault, state):
    password = upstream.users()["ana"]["password"]
    credentials.sign_in(ana, "ana", password, upstream.api_key, keep=True)
    upstream.expire_sessions("ana")
    upstream.set_fault("status", route="signin", status=int(fault))

    outcome = check(ana, ORG)

    assert outcome.result is Result.EXPIRED
    assert Credentials.objects.get().state == state


def test_an_ended_session_is_renewed_once_by_itself_if_opted_in(upstream, ana):
    password = upstream.users()["ana"]["password"]
    credentials.sign_in(ana, "ana", password, upstream.api_key, keep=True)
    upstream.expire_sessions("ana")

    outcome = check(ana, ORG)

    assert outcome.result is Result.ANSWERED
    assert Credentials.objects.get().state == "active"
    assert upstream.counts()["calls"]["signin"] == {"200": 2}


def test_a_thread_leaves_the_database_before_it_asks_again(upstream, ana):
    password = upstream.users()["ana"]["password"]
    credentials.sign_in(ana, "ana", password, upstream.api_key, keep=True)
    opened = open_credentials(ana.pk)
    upstream.expire_sessions("ana")
    asked = []

    outcome = ask(
        client(),
        ORG,
        opened,
        rate_limit_of(opened.secrets.api_key),
        lambda: asked.append(upstream.counts()["calls"]["customer"]),
    )

    assert outcome.result is Result.ANSWERED
    assert asked == [{"401": 1}]
