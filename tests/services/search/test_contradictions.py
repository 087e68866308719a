"""A text never opens what contradicts it: the hit is listed, with what speaks against it."""

from datetime import date

import pytest

from customers.models import Customer
from customers.services.search.find import find, search
from customers.services.search.match_reasons import reasons
from tests.helpers.rows import show

AMBER = "5e9ba0d3-5a3c-4512-9d2e-0123456789ab"
OAK = "7c0f2f5e-1142-4b5e-8d2e-00000000ab42"
UNKNOWN = "00000000-2031-4000-8000-000000000000"
LONG = (
    " Thank you for looking into this so soon; we would like to have it settled before the weekend."
)


@pytest.fixture
def clinics(ana, anas):
    show(
        ana,
        AMBER,
        name="Amber Cardiology Clinic",
        email="billing@amber.example",
        customer_id="cus_Amber",
        brand="MasterCard",
        last4="2877",
        exp_month=5,
        exp_year=2031,
        expires_on=date(2031, 5, 31),
    )
    show(
        ana,
        OAK,
        name="Oak Ending Labs",
        email="pay@oak.example",
        customer_id="cus_Oak",
        brand="Visa",
        last4="4512",
        exp_month=7,
        exp_year=2029,
        expires_on=date(2029, 7, 31),
    )
    none = {"state": Customer.State.NONE, "brand": "", "last4": "", "customer_id": ""}
    show(ana, "empty-1", name="Empty House", **none)
    account = {"state": Customer.State.BANK_ACCOUNT, "brand": "", "last4": "6789"}
    show(ana, "bank-1", name="Banked", **account)
    show(ana, "year-1", name="Vintage", last4="2026")
    show(ana, "phone-1", name="Dialer", last4="1142", email="d@dialer.example")
    return ana


def listed(user, text):
    """What a text lists, each with what speaks against it; it opens nothing."""
    found = find(user, text)
    assert found.opens == ""
    if not found.query:  # the page says that nothing in the text names an organization
        return {}
    rows = list(search(Customer.objects.select_related("organization"), found.query))
    against = [list(reason.against) for reason in reasons(user, rows, found.query)]
    return dict(zip((row.organization.name for row in rows), against, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "card ending in 9981",
        "ending 9999",
        "Visa ending in 9999",
        "card 9999",
        "ending: 9999",
        "*9999",
    ],
)
@pytest.mark.parametrize("more", ["", LONG])
def test_digits_that_nobody_has_find_nobody(clinics, text, more):
    assert listed(clinics, text + more) == {}


AGAINST_AMBER = [
    ("Amber 9999", "card ends in 2877, not 9999"),
    ("Amber card ending in 9999", "card ends in 2877, not 9999"),
    ("Amber Cardiology Clinic, ending 9999", "card ends in 2877, not 9999"),
    ("Amber Cardiology Clinic MasterCard x9999", "card ends in 2877, not 9999"),
    ("Amber Cardiology Clinic 9999 exp 05/31", "card ends in 2877, not 9999"),
    ("Amber 5555 5555 5555 4444", "card ends in 2877, not 4444"),
    (f"{AMBER} card ending in 9999", "card ends in 2877, not 9999"),
    (f"{AMBER} 9999", "card ends in 2877, not 9999"),
    ("cus_Amber •••• 9999", "card ends in 2877, not 9999"),
    ("billing@amber.example card 9999", "card ends in 2877, not 9999"),
    ("2877 exp 06/31", "expires 05/31, not 06/31"),
    ("Amber 06/31", "expires 05/31, not 06/31"),
    ("Amber Cardiology Clinic, expires May 2030", "expires 05/31, not 05/30"),
    (f"{AMBER} valid thru 04/2031", "expires 05/31, not 04/31"),
    ("Visa 2877", "MasterCard, not Visa"),
    ("Amber Cardiology Clinic's Visa", "MasterCard, not Visa"),
    ("American Express ending in 2877", "MasterCard, not American Express"),
    (f"{AMBER} Discover card", "MasterCard, not Discover"),
    (f"Amber Cardiology Clinic {UNKNOWN}", f"org id is {AMBER}, not {UNKNOWN}"),
    (f"billing@amber.example {UNKNOWN}", f"org id is {AMBER}, not {UNKNOWN}"),
    ("Amber Cardiology Clinic cus_Other", "customer is cus_Amber, not cus_Other"),
    (f"{AMBER} cus_Other", "customer is cus_Amber, not cus_Other"),
    ("cus_Amber bob@other.example", "e-mail is billing@amber.example, not bob@other.example"),
    (f"{AMBER} bob@xn--mber-hoa.example", None),
    ("2877 bob@other.example", "e-mail is billing@amber.example, not bob@other.example"),
    ("Bingo 2877", "“bingo” matches nothing here"),
    ("Bingo clinic exp 05/31", "“bingo” matches nothing here"),
    ("2877 Wien", "“wien” matches nothing here"),
]


@pytest.mark.parametrize(("text", "sentence"), AGAINST_AMBER)
def test_a_clue_that_contradicts_the_only_hit_is_said_and_opens_nothing(clinics, text, sentence):
    found = listed(clinics, text)

    assert list(found) == ["Amber Cardiology Clinic"]
    assert sentence is None or sentence in found["Amber Cardiology Clinic"]


# Of a pasted text, most words and numbers are about something else.
IDENTIFYING = [
    (text, sentence)
    for text, sentence in AGAINST_AMBER
    if "matches nothing" not in (sentence or "") and text != f"{AMBER} 9999"
]


@pytest.mark.parametrize(("text", "sentence"), IDENTIFYING)
def test_a_pasted_text_does_not_open_what_contradicts_it_either(clinics, text, sentence):
    assert find(clinics, f"Hello,\n{text}\n{LONG}").opens == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{AMBER} Oak Ending Labs", {"Amber Cardiology Clinic", "Oak Ending Labs"}),
        (f"{AMBER} pay@oak.example", {"Amber Cardiology Clinic", "Oak Ending Labs"}),
        (f"{AMBER} {OAK}", {"Amber Cardiology Clinic", "Oak Ending Labs"}),
        ("cus_Amber cus_Oak", {"Amber Cardiology Clinic", "Oak Ending Labs"}),
        ("Amber 4512", {"Amber Cardiology Clinic", "Oak Ending Labs"}),
        ("Amber Cardiology Clinic or Vintage", {"Amber Cardiology Clinic", "Vintage"}),
        (f"{AMBER} {UNKNOWN}", {"Amber Cardiology Clinic"}),
        ("cus_Amber cus_Unknown", {"Amber Cardiology Clinic"}),
        ("cus_Amber 4512", {"Amber Cardiology Clinic"}),
        ("*2877 *9999", {"Amber Cardiology Clinic"}),
        ("2877 exp 05/31, now 06/31", {"Amber Cardiology Clinic"}),
    ],
)
def test_a_text_that_names_two_lists_both(clinics, text, found):
    assert set(listed(clinics, text)) == found


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Empty House card ending in 4242", "nothing on file"),
        ("empty-1 Visa", "nothing on file"),
        ("Empty House exp 05/31", "nothing on file"),
        ("Banked 4242", "account ends in 6789, not 4242"),
        ("Banked Visa", "bank account, not Visa"),
    ],
)
def test_what_is_on_file_can_contradict_by_its_kind(clinics, text, sentence):
    ((against),) = listed(clinics, text).values()

    assert sentence in against


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


@pytest.mark.parametrize(
    "text",
    [
        "Amber",
        "amber cardiology",
        "2877",
        "Amber 2877",
        "MasterCard 2877",
        "Our MasterCard ending in 2877 was declined, please check",
        "Amber 2877 exp 05/31",
        "Amber 05/31",
        "Amber Cardiology Clinic visa application 3 of June",
        "amber@amber.example Amber Cardiology Clinic",
        f"{AMBER} *2877 MasterCard 05/31 billing@amber.example cus_Amber",
        f"{AMBER} Message-ID: <{UNKNOWN}@mail.other.example>",
        f"Hello {AMBER}, we pay 1250 a month, moved to 1881 Main Street.{LONG}",
        f"To: support@desk.example\nFrom: billing@amber.example\n+1 555 1142, ticket #4512{LONG}",
        f"Our card ending in 2877, exp 05/31, was declined.{LONG}",
        f"This is Amber Cardiology Clinic. Invoice 1142 of 3 March 2026 over $ 4512.{LONG}",
    ],
)
def test_what_nothing_speaks_against_is_opened(clinics, text):
    if "visa application" in text:
        assert "MasterCard, not Visa" in listed(clinics, text)["Amber Cardiology Clinic"]
    else:
        assert find(clinics, text).opens == AMBER


@pytest.mark.parametrize("text", ["Our card ends in 2877.", "Please see 2877 again."])
def test_four_digits_alone_of_a_pasted_text_are_listed(clinics, text):
    assert listed(clinics, text + LONG) == {"Amber Cardiology Clinic": []}


def test_an_unknown_id_is_opened_unless_a_visible_organization_is_named_beside_it(clinics):
    assert find(clinics, f"{UNKNOWN} card ending in 2877").opens == UNKNOWN
    assert find(clinics, f"{UNKNOWN} of Bingo, nobody@x.example, cus_Nobody").opens == UNKNOWN
    for other in ("Vintage", "amber", "cus_Amber", "pay@oak.example", "bank-1"):
        assert find(clinics, f"{UNKNOWN} {other}").opens == ""


def test_digits_of_a_name_are_not_the_digits_of_a_card(ana, anas):
    show(ana, "studio", name="Clinic 1142 North", last4="2877")

    assert find(ana, "Clinic 1142").opens == "studio"
    assert find(ana, "1142").opens == ""
    assert find(ana, "Clinic 1142 North card 1142").opens == ""


def test_what_is_not_known_of_a_customer_contradicts_nothing(ana, anas):
    unknown = {"brand": "", "last4": "", "email": "", "customer_id": ""}
    show(ana, "dark-1", name="Dark", state=Customer.State.DETAILS_NOT_SENT, **unknown)

    assert find(ana, "Dark Visa 4242 exp 05/31 bob@x.example cus_9").opens == "dark-1"


def test_a_name_that_others_see_says_nothing(ana, anas, ben, bens):
    show(ana, "mine", name="Northwind", last4="2877")
    show(ben, "theirs", name="Southwind Partners", last4="1142", email="pay@south.example")

    before = [
        find(ana, f"Northwind 2877 {other}")
        for other in ("Eastwind Partners", "Southwind Partners")
    ]

    assert before[0].opens == before[1].opens
    assert find(ana, f"Southwind Partners is not us, 2877.{LONG} Northwind").opens == "mine"
