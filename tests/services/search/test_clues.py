"""Every clue in a ticket is found, and no text breaks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.services.search.clues import LONGEST_TICKET, SHORT, phrases, read_clues

ORG_ID = "5e9ba0d3-5a3c-4b5e-9d2e-0123456789ab"
MAIL = f"""From: Pat O'Neill <Pat.O'Neill@northwind.example>
To: support@catalyze.example
Message-ID: <{ORG_ID[::-1]}@mail.example>
Subject: Re: [#48213] charge failed

> On 3 March 2026 at 14:02 you wrote:
> > Your customer cus_4FD4wvEKNQ2sJi owes 1250 USD since 2025.
Hello, the Visa ending in 4242 (exp 05/27) of Northwind Clinics was declined,
see https://portal.example/orgs/{ORG_ID}/. Call +1 555 0100.
"""


@pytest.mark.parametrize(
    ("text", "last4s", "expiries"),
    [
        ("4242", ["4242"], []),
        ("•••• 4242", ["4242"], []),
        ("xxxx-xxxx-xxxx-1881", ["1881"], []),
        ("4242 exp 05/27", ["4242"], [(5, 2027)]),
        ("4242, 05/2027", ["4242"], [(5, 2027)]),
        ("Visa 4242 exp. 5-2027", ["4242"], [(5, 2027)]),
        ("card ending in 4242, expires at the end of May 2027", ["4242"], [(5, 2027)]),
        ("last four digits are 0005", ["0005"], []),
        ("Karte endet auf 4242, gültig bis 12/30", ["4242"], [(12, 2030)]),
        ("expiry date: 1/2030", [], [(1, 2030)]),
        ("4111 1111 1111 1111", ["1111"], []),
        ("4111 11** **** 1111", ["1111"], []),
        ("2026", ["2026"], []),
        ("4242 and 1881", ["4242", "1881"], []),
        ("13/27", [], []),
        ("12/24/2026", [], []),
        ("14242", [], []),
        ("1234.50 or 4242 EUR", [], []),
        ("ticket 48213", [], []),
    ],
)
def test_a_card_is_read_as_people_write_it(text, last4s, expiries):
    clues = read_clues(text)

    assert (list(clues.last4s), list(clues.expiries)) == (last4s, expiries)


@pytest.mark.parametrize("break_", ["\n", " ", "\r\n> "])
def test_a_pasted_mail_is_read_whole(break_):
    clues = read_clues(MAIL.replace("\n", break_))

    assert clues.org_ids == (ORG_ID,)
    assert clues.customer_ids == ("cus_4FD4wvEKNQ2sJi",)
    assert "pat.o'neill@northwind.example" in clues.emails
    assert clues.last4s == ("4242",)
    assert clues.expiries == ((5, 2027),)
    assert "northwind clinics" in phrases(clues)


def test_years_and_amounts_of_a_long_text_are_no_cards():
    clues = read_clues(f"{'word ' * SHORT} in 2026 we paid $4242 and 1881")

    assert clues.last4s == ("1881",)


def test_names_come_longest_first_and_without_what_surrounds_them():
    found = phrases(read_clues("(“St. Mary's Clinic, Inc.”)'s"))

    assert [len(phrase) for phrase in found] == sorted(map(len, found), reverse=True)
    assert {"st. mary's clinic, inc", "st. mary's clinic", "clinic"} <= set(found)


def test_a_single_small_word_of_a_long_text_is_no_name():
    found = phrases(read_clues(f"{'please help ' * SHORT} Bingo's card"))

    assert "bingo" in found
    assert "help" not in found


def test_what_was_typed_stays_and_of_what_was_pasted_only_clues_are_left():
    typed, pasted = read_clues("Northwind  4242"), read_clues(MAIL)

    assert (typed.fits_in_url, typed.text) == (True, "Northwind 4242")
    assert (pasted.fits_in_url, " ".join(pasted.parts(["Northwind", "Elm"]))) == (
        False,
        f"{ORG_ID} cus_4FD4wvEKNQ2sJi pat.o'neill@northwind.example support@catalyze.example "
        "*4242 exp 05/2027 Visa card Northwind, Elm",
    )


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        ("4242 4242 4242 4242", ["*4242"]),
        ("4242424242424242", ["*4242"]),
        ("3782 822463 10005", ["*0005"]),
        ("４２４２ ４２４２ ４２４２ ４２４２", ["*4242"]),
        ("42424 24242 424242", []),
    ],
)
def test_a_whole_card_number_goes_no_further(number, digits):
    clues = read_clues(f"{number} exp 05/27")

    assert not clues.fits_in_url
    assert clues.parts() == [*digits, "exp 05/2027"]


@given(st.text(max_size=400) | st.text("0123456789 /.-•*x@_abcus", max_size=400))
def test_no_text_breaks_it_and_nothing_new_is_read_into_the_clues_alone(text):
    clues = read_clues(text)
    again = read_clues(" ".join(clues.parts()))

    phrases(clues)
    assert set(again.org_ids) == set(clues.org_ids)
    assert set(again.customer_ids) == set(clues.customer_ids)
    assert set(again.last4s) == set(clues.last4s)
    assert set(again.brands) == set(clues.brands)


@pytest.mark.parametrize(
    "part",
    ["a", "x", "4", "4 ", "a@", "•", "a.a@a.", "exp ", "1/", "A b ", "cus_", "card ", "\x00"],
)
def test_a_long_text_is_read_up_to_a_bound(part):
    clues = read_clues(part * LONGEST_TICKET)

    assert len(clues.text) <= LONGEST_TICKET
    assert len(phrases(clues)) <= 5 * 2 * 700
