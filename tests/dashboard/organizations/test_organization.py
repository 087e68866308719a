"""The organization page: what it says for every kind of answer."""

import pytest

from customers.models import Customer, Organization
from tests.conftest import browser_of
from tests.helpers.pages.organization import CARD, text_of


@pytest.fixture
def page(as_ana, sandbox):
    """The text of an organization's page, by the organization's name in the sandbox."""

    def get(name):
        return text_of(as_ana.get(f"/orgs/{sandbox.org_id(name)}/"))

    return get


def test_an_org_id_that_looks_like_a_path_is_named_as_such(as_ana):
    response = as_ana.get("/orgs/..%5Cetc/")

    assert response.status_code == 404
    assert "looks like a path" in response.content.decode()


@pytest.mark.parametrize("org_id", ["%FF%FE", "%00", "%0A", "x" * 201, "%252e%252e%252f"])
def test_a_hostile_org_id_gets_a_sentence_and_is_never_asked_about(as_ana, sandbox, org_id):
    response = as_ana.get(f"/orgs/{org_id}/")

    assert response.status_code == 404
    assert "org id" in response.content.decode()
    assert sandbox.counts()["calls"].get("customer", {}) == {}


def test_a_card_is_shown_with_brand_digits_and_expiry(page):
    text = page("Bingo")

    assert "Visa •••• 4242" in text
    assert "05/15" in text
    assert "The card has expired." in text
    assert "with your session" in text


def test_a_card_is_said_in_a_line_with_whose_it_is(page, sandbox):
    sandbox.put_org("northwind", name="Northwind", payment=["ana"])
    card = {"object": "card", "last4": "4242", "brand": "Visa", "name": "Grace <Hopper>"}
    sandbox.put_customer("northwind", {"object": "customer", "active_card": card})

    text = page("Northwind")

    line = text.split('<div class="method"')[1].split("method-until")[0]
    assert "Visa •••• 4242" in line
    assert "Grace &lt;Hopper&gt;" in line


def test_delinquency_is_said_first_with_its_likely_cause(page):
    text = page("Sycamore Surgical")

    assert "The last charge failed." in text
    assert "That is the likely cause" in text


def test_unknown_delinquency_is_never_a_no(page):
    text = page("Tamarack Rural Health")

    delinquent = text.split("<dt>Delinquent</dt>")[1].split("</dd>")[0]
    assert "unknown" in delinquent
    assert "No" not in delinquent


def test_a_default_without_details_shows_no_other_cards_digits(page):
    text = page("Acacia Health Network")

    assert "details unavailable" in text
    said, others = text.split("<h3>Other payment methods</h3>")
    assert "••••" in others
    assert "••••" not in said


def test_an_organization_that_is_not_set_up_gets_the_friendly_page(as_ana, sandbox):
    sandbox.put_org("not-set-up", name="Bingo Health", payment=["ana"])

    text = text_of(as_ana.get("/orgs/not-set-up/"))

    assert "No payment method on file" in text
    assert "This is not an error." in text
    assert "As of" in text


def test_a_customer_without_any_method_gets_the_friendly_page_with_what_is_known(page):
    text = page("Pinecrest Family Practice")

    assert "No payment method on file" in text
    assert "accounts@pinecrest.example" in text


def test_what_was_on_file_before_is_shown_to_those_who_were_once_sent_it(as_ana, sandbox):
    org_id = sandbox.org_id("Bingo")
    as_ana.get(f"/orgs/{org_id}/")
    sandbox.delete_customer(org_id)

    text = text_of(as_ana.post(f"/orgs/{org_id}/check/", follow=True))

    assert "Visa •••• 4242 was on file until" in text


def test_what_was_on_file_before_is_not_shown_to_those_who_never_were(as_ana, as_ben, sandbox):
    sandbox.put_org("shared", name="Shared", payment=["ana", "ben"])
    sandbox.put_customer("shared", {"object": "customer", "id": "cus_1", "active_card": CARD})
    as_ana.get("/orgs/shared/")
    sandbox.delete_customer("shared")

    text = text_of(as_ben.get("/orgs/shared/"))

    assert "No payment method on file" in text
    assert "4242" not in text


def test_a_deleted_customer_has_a_page_of_its_own(page):
    assert "This Stripe customer was deleted" in page("Oakline Orthopedics")


def test_an_organization_without_permission_says_so_and_shows_nothing(as_ana, sandbox):
    sandbox.put_org("bens", name="Bens Own", payment=["ben"])

    text = text_of(as_ana.get("/orgs/bens/"))

    assert "no payment permission here" in text
    assert "Bens Own" not in text


def test_an_unknown_organization_is_asked_live_and_not_registered_when_missing(as_ana):
    text = text_of(as_ana.get("/orgs/nowhere/"))

    assert "Catalyze knows no such organization" in text
    assert not Organization.objects.filter(org_id="nowhere").exists()


def test_an_unknown_organization_is_registered_with_its_name_when_found(page, sandbox):
    page("Bingo")

    assert Organization.objects.get(org_id=sandbox.org_id("Bingo")).name == "Bingo"


def test_a_known_and_an_unknown_organization_are_denied_in_the_same_words(as_ana, as_ben, sandbox):
    sandbox.put_org("org-7001", name="Known", payment=["ben"])
    sandbox.put_customer("org-7001", {"object": "customer", "id": "cus_1", "active_card": CARD})
    sandbox.put_org("org-7002", name="Stranger", payment=["ben"])
    as_ben.get("/orgs/org-7001/")

    known = text_of(as_ana.get("/orgs/org-7001/"))
    stranger = text_of(as_ana.get("/orgs/org-7002/"))

    assert without_tokens(known.replace("org-7001", "X")) == without_tokens(
        stranger.replace("org-7002", "X")
    )


def test_when_the_upstream_is_down_the_last_answer_stays_with_a_notice(as_ana, sandbox):
    org_id = sandbox.org_id("Bingo")
    as_ana.get(f"/orgs/{org_id}/")
    sandbox.set_fault("503")

    text = text_of(as_ana.post(f"/orgs/{org_id}/check/", follow=True))

    assert "Visa •••• 4242" in text
    assert "Showing the last known state." in text


def test_when_the_upstream_is_down_and_nothing_is_known_it_is_no_missing_card(as_ana, sandbox):
    sandbox.set_fault("503")

    text = text_of(as_ana.get(f"/orgs/{sandbox.org_id('Bingo')}/"))

    assert "Not available right now" in text
    assert "No payment method" not in text


def test_an_answer_that_is_no_customer_is_no_missing_card(as_ana, sandbox):
    sandbox.set_fault("not-json")

    text = text_of(as_ana.get(f"/orgs/{sandbox.org_id('Bingo')}/"))

    assert "could not be used" in text
    assert "No payment method" not in text


def test_an_ended_session_asks_to_sign_in_and_shows_what_was_proved_lately(as_ana, sandbox):
    org_id = sandbox.org_id("Bingo")
    as_ana.get(f"/orgs/{org_id}/")
    sandbox.expire_sessions()

    text = text_of(as_ana.post(f"/orgs/{org_id}/check/", follow=True))

    assert "4242" in text
    assert "Sign in again" in text


def test_without_credentials_the_page_says_what_to_do(ana, sandbox):
    text = text_of(browser_of(ana).get(f"/orgs/{sandbox.org_id('Bingo')}/"))

    assert "No credentials are stored" in text


def test_markup_in_upstream_fields_stays_text(page):
    text = page("Markup & Sons <script>alert('name')</script>")

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_a_cached_answer_is_shown_without_asking_again(as_ana, sandbox):
    org_id = sandbox.org_id("Bingo")
    as_ana.get(f"/orgs/{org_id}/")

    as_ana.get(f"/orgs/{org_id}/")

    assert sum(sandbox.counts()["calls"]["customer"].values()) == 1
    assert Customer.objects.count() == 1


def without_tokens(text):
    """The page without what differs on every request."""
    return "".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)
