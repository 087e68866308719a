"""A ticket finds what fits its clues best, and each hit says why."""

from datetime import date

import pytest

from customers.models import Customer
from customers.services.search.find import Found, find, search
from customers.services.search.match_reasons import Reasons, reasons
from customers.services.search.unfound import org_ids_to_ask_for
from tests.helpers.rows import show
from tests.helpers.search.hits import ORG_ID, UNKNOWN, hits

MAIL = """> On 3 March 2026 at 14:02 somebody wrote:
> > please see the invoice, it says we owe 1250 USD
Hello, this is Pat of {name}. Our Visa ending in {last4} (exp 05/31) was declined, says
{email}. What should we do? Regards, Pat, working for the clinic since 2019, thank you so much.
"""


@pytest.fixture
def three_clinics(ana, anas):
    same = {"last4": "4242", "expires_on": date(2031, 5, 31), "exp_month": 5, "exp_year": 2031}
    show(ana, ORG_ID, name="Elm Park", email="one@elm.example", **same)
    show(ana, "elm-2", name="Elm Park Therapy", email="Both@elm.example", last4="4242")
    show(ana, "elm-3", name="Oak", email="both@elm.example", last4="1881")
    return ana


def mail(name="Nobody Known", last4="9999", email="nobody@x.example"):
    return MAIL.format(name=name, last4=last4, email=email)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (mail(), []),
        (mail(name="Elm Park Therapy"), ["Elm Park Therapy"]),
        (mail(name="ELM PARK"), ["Elm Park"]),
        (mail(name="Oak's office"), ["Oak"]),
        (mail(email="BOTH@elm.example"), ["Elm Park Therapy", "Oak"]),
        (mail(email="both@elm.example", last4="1881"), ["Oak"]),
        (mail(email="both@elm.example", name="Elm Park Therapy"), ["Elm Park Therapy"]),
        (mail(email="one@elm.example", last4="1881"), ["Elm Park"]),
        (mail(last4="4242"), ["Elm Park"]),
        (mail(name="Oak", last4="4242"), ["Oak"]),
        (mail() + "elm-2", ["Elm Park Therapy"]),
        ("4242 exp 05/31", ["Elm Park"]),
        ("4242 exp 06/31", ["Elm Park", "Elm Park Therapy"]),
        ("9999 exp 05/31", []),
        ("exp 05/31", ["Elm Park"]),
        ("Elm 4242", ["Elm Park", "Elm Park Therapy"]),
        ("therapy 4242", ["Elm Park Therapy"]),
    ],
)
def test_a_ticket_finds_what_fits_its_clues_best(three_clinics, text, names):
    assert hits(text) == names


@pytest.mark.parametrize(
    ("text", "query"),
    [
        (mail(email="both@elm.example"), "both@elm.example *9999 exp 05/2031 Visa card"),
        (mail(last4="0005"), "nobody@x.example *0005 exp 05/2031 Visa card"),
        ("4242", "4242"),
        ("so far nobody has told us anything about this at all " * 5, ""),
    ],
)
def test_what_is_to_be_listed_is_named_by_its_clues_alone(three_clinics, text, query):
    assert find(three_clinics, text) == Found(query=query)


def test_the_list_by_clues_is_the_list_by_the_ticket(three_clinics):
    ticket = mail(email="both@elm.example", name="Elm Park Therapy and Oak")

    assert hits(find(three_clinics, ticket).query) == hits(ticket) == ["Elm Park Therapy", "Oak"]


def test_an_org_id_in_a_ticket_is_asked_for_unless_something_else_names_one(three_clinics):
    assert find(three_clinics, mail() + UNKNOWN).opens == UNKNOWN
    assert find(three_clinics, mail(last4="4242") + UNKNOWN).opens == UNKNOWN
    assert org_ids_to_ask_for(three_clinics, f"{UNKNOWN} {ORG_ID}", has_hits=True) == [UNKNOWN]


def test_each_hit_says_why_it_was_found(three_clinics):
    rows = list(search(Customer.objects.select_related("organization"), "4242 exp 05/31"))
    (both,) = reasons(three_clinics, rows, "4242 exp 05/31")
    (but,) = reasons(three_clinics, rows, "4242 exp 06/31")
    (named,) = reasons(three_clinics, rows, mail(email="one@elm.example", name="Elm Park"))

    assert both == Reasons(["card ends in 4242 and expires 05/31"], [])
    assert but == Reasons(["card ends in 4242"], ["expires 05/31, not 06/31"])
    assert named == Reasons(
        ["e-mail one@elm.example", "name “Elm Park”", "card expires 05/31"],
        ["card ends in 4242, not 9999"],
    )


@pytest.mark.parametrize(("has_hits", "asked"), [(False, ["elm-4"]), (True, [])])
def test_a_word_is_asked_for_as_an_org_id_only_without_hits(three_clinics, has_hits, asked):
    assert org_ids_to_ask_for(three_clinics, "elm-4", has_hits=has_hits) == asked
    assert org_ids_to_ask_for(three_clinics, "elm-2", has_hits=has_hits) == []
