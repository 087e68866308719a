"""A search never opens an organization that the text contradicts; it lists the contradictions."""

import pytest

from customers.models import Customer
from customers.services.search.find import find
from tests.helpers.rows import show
from tests.helpers.search.clinics import AMBER, LONG, OAK, listed

UNKNOWN = "00000000-2031-4000-8000-000000000000"
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


# Most words and numbers of pasted text are about something else.
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


def test_an_unknown_id_is_opened_unless_a_visible_organization_is_named_beside_it(clinics):
    assert find(clinics, f"{UNKNOWN} card ending in 2877").opens == UNKNOWN
    assert find(clinics, f"{UNKNOWN} of Bingo, nobody@x.example, cus_Nobody").opens == UNKNOWN
    for other in ("Vintage", "amber", "cus_Amber", "pay@oak.example", "bank-1"):
        assert find(clinics, f"{UNKNOWN} {other}").opens == ""


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
def test_unknown_digits_find_nothing(clinics, text, more):
    assert listed(clinics, text + more) == {}
