"""What whom a permission list names is shown by pages, the API, exports and commands, and what the
log and the access review say about it."""

import json

import pytest
from django.utils import timezone

from customers.models import Credentials, Disclosure, ListedUser, Organization
from customers.services.checking.arrivals import (
    arrivals_of,
    ask_about_unmet,
    latest_arrivals,
    sees_nothing_yet,
)
from customers.services.disclosures.chain import verify_log
from tests.conftest import browser_of, make_staff, sign_in_upstream
from tests.helpers.access.lists import LISTED, has_own_proof, list_calls
from tests.helpers.accounts.api_tokens import give_token
from tests.helpers.commands import run
from tests.helpers.pages.organization import text_of
from tests.helpers.programs.program import Program
from tests.helpers.rows import make_organization, stripe_customer
from tests.helpers.sync.runs import run as sync

HISTORY = "You can’t see the history of this organization"


@pytest.fixture
def carla(settings, signed_in_ana, sandbox):
    """Ana's sync has read that Catalyze lists Carla for an organization whose past Ana saw."""
    settings.ACCESS_PROOFS = LISTED
    sandbox.put_org("shared", payment=["ana", "carla"])
    make_organization("shared", "Shared")
    carla = make_staff("carla")
    sign_in_upstream(carla, sandbox)
    for last4 in ("1881", "4242"):
        sandbox.put_customer("shared", stripe_customer(last4=last4, delinquent=True))
        sync(signed_in_ana, org_ids=["shared"])
    assert not has_own_proof(carla)
    return carla


def latest():
    return Disclosure.objects.order_by("-pk").first()


def test_the_page_says_that_a_list_proves_it_and_shows_changes_since(carla):
    page = text_of(browser_of(carla).get("/orgs/shared/"))

    assert "Catalyze lists you for this organization (seen <time" in page
    assert "4242" in page
    assert "1881" in page
    assert "First seen" not in page
    assert "Delinquent since" not in page
    assert latest().proof == "listed"
    verify_log()
    assert HISTORY in text_of(browser_of(carla).get("/orgs/shared/?as_of=2026-01-01"))


def test_nothing_from_before_the_list_is_shown(carla):
    ListedUser.objects.filter(user=carla).update(since=timezone.now())
    program = Program(give_token(carla))

    page = text_of(browser_of(carla).get("/orgs/shared/"))

    assert "4242" in page
    assert "1881" not in page
    assert program.data("/changes")["data"] == []
    assert program.data("/orgs/shared/history")["data"]["changes"] == []
    assert "1881" not in text_of(browser_of(carla).get("/changes/"))


def test_the_page_says_it_in_german_too(carla):
    browser = browser_of(carla)

    page = text_of(browser.get("/orgs/shared/", headers={"accept-language": "de"}))

    assert "Catalyze führt Sie für diese Organisation auf" in page
    assert "gesehen von <bdi>ana</bdi>" in page


def test_a_check_of_ones_own_shows_the_past_at_once(carla):
    browser = browser_of(carla)
    fingerprint = browser.get("/orgs/shared/").context["fingerprint"]

    page = text_of(
        browser.post("/orgs/shared/check/", {"fingerprint": fingerprint, "in_place": "on"})
    )

    assert "First seen" in page
    assert "Catalyze lists you" not in page
    assert latest().proof == "own"


def test_an_unlisted_user_is_asked_about_when_they_open_the_organization(carla, sandbox):
    sandbox.put_org("shared", payment=["ana", "ben"])
    ben = make_staff("ben")
    sign_in_upstream(ben, sandbox)

    text_of(browser_of(ben).get("/orgs/shared/"))

    assert latest().proof == "own"
    assert has_own_proof(ben)
    assert list_calls(sandbox, "shared") == {"200": 3}  # Ana's lists, and Ben's name for it


def test_the_api_says_how_access_is_proved(carla):
    program = Program(give_token(carla))

    one, listed = program.data("/orgs/shared"), program.data("/orgs")["data"]

    assert one["source"] == {"checked_by": "ana", "proof": "listed"}
    assert one["proof_until"]
    assert [row["source"]["proof"] for row in listed] == ["listed"]
    assert [row["source"]["proof"] for row in program.data("/changes")["data"]] == ["listed"]
    history = program.data("/orgs/shared/history")["data"]
    assert (len(history["changes"]), history["is_complete"]) == (1, False)
    assert history["first_checked_at"] is None
    assert program.get("/orgs/shared?as_of=2026-01-01").status_code == 403
    assert set(Disclosure.objects.values_list("proof", flat=True)) == {"listed"}


def test_an_export_tells_nothing_of_the_past(carla):
    ran = run("export_customers", "--user", "carla", "--format", "jsonl")

    row = json.loads(ran.out)
    assert (row["org_id"], row["last4"], row["delinquent"]) == ("shared", "4242", True)
    assert (row["delinquent_since"], row["state_since"], row["changed_at"]) == (None, None, None)
    assert latest().proof == "listed"


def test_the_access_review_names_the_kind_of_each_proof(carla):
    ran = run("export_access", "--proofs", "--format", "jsonl")

    rows = [json.loads(line) for line in ran.out.splitlines()]
    rights = {"organizations", "organization"}
    proofs = [(row["username"], row["detail"]) for row in rows if row["right"] in rights]
    assert sorted(proofs) == [
        *[("ana", "own credentials")] * 2,
        *[("carla", "permission list")] * 2,
    ]


def test_back_to_own_proofs_nothing_is_shown_by_a_list(carla, settings):
    settings.ACCESS_PROOFS = "own"
    Credentials.objects.filter(user=carla).update(state=Credentials.State.EXPIRED)

    page = text_of(browser_of(carla).get("/orgs/"))

    assert "Shared" not in page
    assert not Disclosure.objects.exists()


def test_the_welcome_counts_what_is_listed_and_does_not_ask_about_it(carla, sandbox):
    Organization.objects.update(is_imported=True)

    arrivals = arrivals_of(carla)

    assert (arrivals.known, arrivals.met, arrivals.shown) == (1, 1, 1)
    assert not sees_nothing_yet(carla)
    assert [row.organization.org_id for row in latest_arrivals(carla)] == ["shared"]
    assert not ask_about_unmet(carla, 0).goes_on
    assert not has_own_proof(carla)
