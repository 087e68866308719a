"""Which digits of a text are a card, and not a phone number, an amount, a year or a ticket."""

import pytest

from customers.services.search.find import find
from tests.helpers.rows import show
from tests.helpers.search.clinics import LONG, listed


@pytest.mark.parametrize(
    "number",
    [
        *("+1 555 555 1142", "+1 (555) 555-1142", "(555) 555-1142", "555-1142", "555.555.1142"),
        *("+49 30 1142", "+49 (0)30 / 1142 1142", "0049-30-1142", "030/555 1142", "030 / 1142"),
        *("+44 20 7946 1142", "+33 1 42 68 11 42", "+91 98765 41142", "+65 6789 1142"),
        *("tel 1142", "Tel.: 1142", "ext. 1142", "555 0100 x1142", "x1142", "Durchwahl 1142"),
        *("phone: 1142", "fax 1142", "+1142", "1142 1142", "١١٤٢ ١١٤٢", "＋49 30 1142"),
        *("#1142", "ticket 1142", "Ticket #1142", "case no. 1142", "invoice 1142", "Rechnung 1142"),
        *("order number: 1142", "PO 1142", "room 1142", "ref 1142-7", "[#1142]", "INV-1142"),
        *("$1142", "$ 1142", "1142 USD", "EUR 1142", "1142 €", "1142.00", "1,142", "1142 dollars"),
        *("1142%", "14:02", "11/42", "DE89 3704 0044 1142 0130 00", "1142-1142", "11 42"),
    ],
)
@pytest.mark.parametrize("text", ["{}", "Please call us, {} is it.", f"Hello.{LONG} {{}}{LONG}"])
def test_a_phone_number_an_amount_or_a_ticket_is_no_card(clinics, number, text):
    found = find(clinics, text.format(number))

    assert found.opens == ""
    assert "Dialer" not in str(listed(clinics, text.format(number)))


@pytest.mark.parametrize(
    "text",
    [
        *("March 2026", "in 2026", "since 2026", "3 March 2026", "2026-03-03", "03.03.2026"),
        *("Contract of 2026", "Seit 2026 Kunde", "fiscal year ending 2026", "expires 2026"),
        *("Re: plans 2026", f"We signed in spring 2026.{LONG}", f"ending 2026.{LONG}"),
    ],
)
def test_a_year_is_no_card(clinics, text):
    assert listed(clinics, text) == {}


@pytest.mark.parametrize(
    "text", ["2026", "card 2026", "card ending in 2026", "Visa 2026", "*2026", "ending in 2026"]
)
def test_digits_like_a_year_are_a_card_where_they_stand_for_one(clinics, text):
    assert find(clinics, text).opens == "year-1"


@pytest.mark.parametrize("text", ["Our card ends in 2877.", "Please see 2877 again."])
def test_four_digits_alone_of_a_pasted_text_are_listed(clinics, text):
    assert listed(clinics, text + LONG) == {"Amber Cardiology Clinic": []}


def test_digits_of_a_name_are_not_the_digits_of_a_card(ana, anas):
    show(ana, "studio", name="Clinic 1142 North", last4="2877")

    assert find(ana, "Clinic 1142").opens == "studio"
    assert find(ana, "1142").opens == ""
    assert find(ana, "Clinic 1142 North card 1142").opens == ""
