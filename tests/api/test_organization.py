"""One organization over the API: what is said, how it is known, and when Catalyze is asked."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from customers.models import Access, Customer, Disclosure, ReplyTemplate, SecurityEvent
from customers.services.access.visible import visible_customer
from customers.services.disclosures.log import latest_viewers
from customers.services.lists.export import EXPORT_COLUMNS, export_row
from tests.helpers.accounts.api_tokens import give_token
from tests.helpers.programs.program import Program
from tests.helpers.rows import ago, make_change, show, stripe_customer

ORG = "an-org-of-the-tests"


@pytest.fixture
def upstream(sandbox):
    """With one organization that Ana may see, which the portal does not know yet."""
    sandbox.put_org(ORG, name="Northwind Clinics", payment=["ana"])
    sandbox.put_customer(ORG, stripe_customer())
    return sandbox


@pytest.fixture
def checker(signed_in_ana, upstream) -> Program:
    return Program(give_token(signed_in_ana))


def test_an_answer_has_the_facts_of_an_export_and_says_how_they_are_known(ana, program, customer):
    answer = program.data("/orgs/org-1")

    shown = visible_customer(ana, "org-1")
    data = answer["data"]
    assert {name: data[name] for name in EXPORT_COLUMNS} == export_row(shown)
    assert answer["as_of"] == customer.checked_at.isoformat()
    assert answer["source"] == {"checked_by": "ana", "proof": "own"}
    assert answer["stale"] is False
    assert answer["trouble"] is None
    sent_at = Access.objects.get().customer_sent_at
    assert datetime.fromisoformat(answer["proof_until"]) == sent_at + timedelta(days=3)


@pytest.mark.parametrize("minutes", [16, -600], ids=["older", "of a clock that was ahead"])
def test_what_is_older_than_answers_stay_current_is_stale(program, customer, minutes):
    Customer.objects.update(checked_at=ago(minutes))

    assert program.data("/orgs/org-1")["stale"] is True


def test_no_payment_method_is_an_answer(ana, program):
    show(ana, "org-2", state="none", brand="", last4="", delinquent=None)

    data = program.data("/orgs/org-2")["data"]

    assert (data["state"], data["payment_method"], data["delinquent"]) == ("none", None, None)


def test_the_proof_of_not_set_up_lasts_as_long_as_any_grant(ana, program):
    show(ana, "org-2", state="none", is_set_up=False)
    Access.objects.filter(organization__org_id="org-2").update(customer_sent_at=None)

    until = program.data("/orgs/org-2")["proof_until"]

    proved_at = Access.objects.get(organization__org_id="org-2").proved_at
    assert datetime.fromisoformat(until) == proved_at + timedelta(days=3)


def test_the_reply_is_in_every_language_as_staff_wrote_it(program):
    text = "Hinterlegt: {card} ({date})"
    ReplyTemplate.objects.create(language="de", state="method", text=text, changed_at=ago(1))

    reply = program.data("/orgs/org-1")["data"]["reply"]

    assert sorted(reply) == ["de", "en"]
    assert reply["de"].startswith("Hinterlegt: Visa •••• 4242 (")
    assert "Northwind Clinics" in reply["en"]


def test_methods_and_subscriptions_are_whole(checker, upstream):
    own = {"id": "card_2", "object": "card", "brand": "JCB", "last4": "0505"}
    items = [
        {"plan": {"nickname": "Clinic", "amount": 1900, "currency": "usd", "interval": "month"}},
        {"plan": {"nickname": "Storage", "amount_decimal": "0.5", "currency": "usd"}},
    ]
    subscription = {
        "id": "sub_1",
        "status": "active",
        "current_period_end": 1893456000,
        "default_source": "card_2",
        "items": {"object": "list", "data": items},
    }
    sent = stripe_customer(subscriptions={"object": "list", "data": [subscription]})
    sent["sources"]["data"].append(own)
    upstream.put_customer(ORG, sent)

    data = checker.data(f"/orgs/{ORG}")["data"]

    assert data["payment_method"]["last4"] == "4242"
    assert [method["last4"] for method in data["other_methods"]] == ["0505"]
    (one,) = data["subscriptions"]
    assert [item["name"] for item in one["items"]] == ["Clinic", "Storage"]
    assert [item["unit_amount"] for item in one["items"]] == ["1900", "0.5"]
    assert one["payment_method"]["last4"] == "0505"
    assert one["renews_at"] == "2030-01-01T00:00:00+00:00"


def test_each_answer_is_recorded_with_the_name_of_the_token(program, customer):
    make_change(customer.organization, last4=["1111", "4242"])
    for path in ("/orgs/org-1", "/orgs/org-1/history", "/orgs", "/changes"):
        program.data(path)
    for text in ("Northwind Clinics", "org-1 or org-2"):  # opened, and listed
        program.post("/search", {"text": text})

    entries = Disclosure.objects.values_list("where", "token_name", "org_id", "username")
    assert list(entries) == [("api", "a program", "org-1", "ana")] * 6
    assert latest_viewers(customer.pk) == []  # a program looks at nothing


def test_whoever_names_any_tag_has_nothing_and_is_sent_it(program):
    answer = program.get("/orgs/org-1", If_None_Match="*")

    assert answer.status_code == 200
    assert Disclosure.objects.count() == 1


def test_what_the_program_has_already_is_neither_sent_nor_recorded(program):
    first = program.get("/orgs/org-1")
    again = program.get("/orgs/org-1", If_None_Match=f'"other", W/{first["ETag"]}')
    Customer.objects.update(last4="1881")
    changed = program.get("/orgs/org-1", If_None_Match=first["ETag"])

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]
    assert Disclosure.objects.count() == 2


def test_a_known_tag_shows_nothing_once_the_proof_has_ended(reader, customer):
    tag = reader.get("/orgs/org-1")["ETag"]
    Access.objects.update(customer_sent_at=timezone.now() - timedelta(days=4))

    answer = reader.get("/orgs/org-1", If_None_Match=tag)

    assert (answer.status_code, answer.json()["type"]) == (403, "not-proved")


def test_a_token_that_may_check_asks_catalyze_about_what_is_not_proved(checker, upstream):
    answer = checker.data(f"/orgs/{ORG}")

    assert answer["data"]["name"] == "Northwind Clinics"
    assert answer["source"]["checked_by"] == "ana"


def test_refresh_asks_and_says_why_there_is_nothing_newer(checker, upstream):
    before = checker.data(f"/orgs/{ORG}")["as_of"]
    newer = checker.data(f"/orgs/{ORG}?refresh=true")["as_of"]
    upstream.set_fault("503")
    stays = checker.data(f"/orgs/{ORG}?refresh=true")

    assert before < newer
    assert stays["as_of"] == newer
    assert stays["trouble"]["code"] == "not_available"


@pytest.mark.parametrize(
    ("spoil", "status", "type_"),
    [
        (lambda upstream: upstream.put_org(ORG, payment=[]), 403, "denied"),
        (lambda upstream: upstream.delete_org(ORG), 404, "unknown-organization"),
        (lambda upstream: upstream.set_fault("503"), 503, "no-answer"),
        (lambda upstream: upstream.expire_sessions(), 403, "not-proved"),
    ],
)
def test_why_catalyze_gives_no_answer(checker, upstream, spoil, status, type_):
    spoil(upstream)

    answer = checker.get(f"/orgs/{ORG}")

    assert (answer.status_code, answer.json()["type"]) == (status, type_)
    assert not Disclosure.objects.exists()
    denials = SecurityEvent.objects.filter(code="access.denied")
    assert [event.detail["token"] for event in denials] == ["a program"] * (type_ == "denied")


@pytest.mark.parametrize("org_id", ["%2E%2E", "a%0Ab", "a%25zz%2541", "x" * 201])
def test_an_org_id_that_cannot_be_one_is_named(program, org_id):
    answer = program.get(f"/orgs/{org_id}")

    assert answer.status_code == 422
    assert list(answer.json()["parameters"]) == ["org_id"]
