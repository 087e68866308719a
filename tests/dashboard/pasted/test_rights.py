"""What a pasted list tells depends on what its user may see and was answered, on nothing else."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from customers.models import Access, Disclosure
from tests.conftest import browser_of
from tests.helpers.pages.of_one_moment import without_moments
from tests.helpers.pages.pasted_lists import ask, lines, newest, paste, standing
from tests.helpers.rows import give_credentials, grant, make_customer, make_organization, show

KNOWN, UNKNOWN = "a-known-org", "unknown-org"
CARD = {"object": "card", "last4": "9876", "brand": "Visa", "exp_month": 5, "exp_year": 2031}


@pytest.fixture
def client(ana):
    give_credentials(ana)
    return browser_of(ana)


@pytest.mark.parametrize("address", ["", "text/", "export/", "ask/", "delete/"])
def test_nobody_else_opens_a_list(ana, ben, client, address):
    list_address = paste(client, "south-1 south-2")
    others = browser_of(ben)

    send = others.post if address in {"ask/", "delete/"} else others.get
    answer = send(list_address + address)

    assert answer.status_code == (302 if address == "delete/" else 404)
    assert standing(client, list_address)["unasked"] == ["south-1", "south-2"]


def test_nobody_else_edits_a_list(ana, ben, client):
    paste(client, "south-1 south-2")

    page = browser_of(ben).get("/orgs/pasted/", {"edit": newest().key})

    assert b"south-1" not in page.content


@pytest.mark.parametrize(
    "proof",
    [
        None,
        {"proved_at": timezone.now() - timedelta(days=4), "customer_sent_at": None},
        {"state": Access.State.DENIED, "customer_sent_at": None},
        {"state": Access.State.MISSING, "customer_sent_at": None},
        {"customer_sent_at": None},  # of a 400 alone
    ],
)
def test_what_only_others_may_see_looks_like_what_nobody_knows(ana, client, proof):
    secret = {"email": "secret@known.example", "customer_id": "cus_Known"}
    organization = make_organization(KNOWN, "A Secret Name")
    make_customer(organization, last4="9876", **secret)
    if proof:
        grant(ana, organization, **proof)
    known = paste(client, f"{KNOWN}\ncus_Known\nsecret@known.example")
    unknown = paste(client, f"{UNKNOWN}\ncus_Wrong\nsecret@wrong.example")

    def told(address):
        seen = []
        for part in ("", "?sort=-balance", "text/", "export/"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                answer = client.get(address + part)
                text = b"".join(answer).decode() if answer.streaming else answer.content.decode()
            seen.append((answer.status_code, len(queries), text))
        return seen

    def alike(seen):
        words = ((KNOWN, UNKNOWN), ("cus_Known", "cus_Wrong"), ("known.example", "wrong.example"))
        for ours, theirs in words:
            seen = [(code, count, text.replace(ours, theirs)) for code, count, text in seen]
        return [
            (code, count, re.sub(r"/pasted/[\w-]+|edit=[\w-]+", "", without_moments(text)))
            for code, count, text in seen
        ]

    assert alike(told(known)) == alike(told(unknown))
    assert not Disclosure.objects.exists()


def test_asking_tells_what_catalyze_says_and_not_whether_others_know_it(
    sandbox, signed_in_ana, as_ana, as_ben
):
    for org in (KNOWN, UNKNOWN):
        sandbox.put_org(org, name="Walked", payment=["ben"])
        sandbox.put_customer(org, {"object": "customer", "id": "cus_1", "active_card": CARD})
    as_ben.get(f"/orgs/{KNOWN}/")
    address = paste(as_ana, f"{KNOWN}\n{UNKNOWN}\nnobody-has-this\n")
    assert standing(as_ana, address)["unasked"] == [KNOWN, UNKNOWN, "nobody-has-this"]

    progress = ask(as_ana, address)

    assert progress == {"said": "3 of 3 asked", "asked": 3, "all": 3, "goes_on": False}
    assert standing(as_ana, address) == {
        "rows": [],
        "refused": [KNOWN, UNKNOWN],
        "unknown": ["nobody-has-this"],
    }
    assert [cells[-1] for cells in lines(as_ana, address)] == [
        "No access (403)",
        "No access (403)",
        "Unknown to Catalyze (404)",
    ]
    assert sandbox.counts(KNOWN)["calls"]["customer"]["403"] == 1
    assert sandbox.counts(UNKNOWN)["calls"]["customer"]["403"] == 1


def test_a_denial_counts_as_long_as_a_proof_would(sandbox, signed_in_ana, as_ana):
    sandbox.put_org(KNOWN, payment=["ben"])
    address = paste(as_ana, f"{KNOWN}\nsouth-1")
    ask(as_ana, address)
    again = paste(as_ana, f"{KNOWN}\nnorth-1")
    assert standing(as_ana, again) == {"rows": [], "refused": [KNOWN], "unasked": ["north-1"]}

    old = timezone.now() - timedelta(days=4)
    newest().pastedid_set.update(asked_at=old)

    assert standing(as_ana, again) == {"rows": [], "unasked": [KNOWN, "north-1"]}


def test_what_is_asked_and_granted_is_a_row_with_its_name(sandbox, signed_in_ana, as_ana):
    sandbox.put_org("granted-1", name="Granted Clinic", payment=["ana"])
    sandbox.put_customer("granted-1", {"object": "customer", "id": "cus_1", "active_card": CARD})
    address = paste(as_ana, "cus_1\ngranted-1\ngranted-1")

    ask(as_ana, address)

    assert standing(as_ana, address) == {"rows": ["granted-1"]}
    assert [cells[1] for cells in lines(as_ana, address)] == ["Granted Clinic"] * 3
    assert set(Disclosure.objects.values_list("org_id", "where")) == {
        ("granted-1", "pasted"),
        ("granted-1", "export"),
    }


def test_an_ended_session_is_said_and_nothing_counts_as_asked(sandbox, signed_in_ana, as_ana):
    sandbox.expire_sessions("ana")
    address = paste(as_ana, "south-1 south-2")

    answer = as_ana.post(f"{address}ask/", follow=True)

    assert answer.redirect_chain == [(address, 302)]
    assert "2 were not asked: " in answer.content.decode()
    assert standing(as_ana, address)["unasked"] == ["south-1", "south-2"]


def test_a_user_without_credentials_sees_nothing_and_is_told_why(ana):
    client = browser_of(ana)
    show(ana, "south-1", last4="9876")
    address = paste(client, "south-1 south-2")

    answer = client.post(f"{address}ask/", follow=True)

    assert b"9876" not in answer.content
    assert standing(client, address)["unasked"] == ["south-1", "south-2"]


def test_an_upstream_that_is_too_slow_is_asked_again_later(sandbox, signed_in_ana, as_ana):
    sandbox.put_org("slow-1", payment=["ana"])
    sandbox.set_latency(6)
    address = paste(as_ana, "slow-1 slow-2")

    progress = ask(as_ana, address)

    assert progress == {"said": "0 of 2 asked", "asked": 0, "all": 2, "goes_on": False}
    sandbox.set_latency(0)
    assert ask(as_ana, address)["said"] == "2 of 2 asked"
