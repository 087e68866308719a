"""Search: whatever a ticket holds, among what the user may see, and nothing breaks it."""

from datetime import date

import pytest

from customers.models import Customer
from customers.services.access.visible import visible_customers
from customers.services.search.clues import LONGEST, one_line
from customers.services.search.find import (
    Found,
    find,
    search,
)
from customers.services.search.match_reasons import Reasons, reasons
from customers.services.search.unfound import may_be_org_id, org_ids_to_ask_for, unfound
from tests.helpers.rows import make_customer, make_organization, show

ORG_ID = "5e9ba0d3-5a3c-4b5e-9d2e-0123456789ab"
UNKNOWN = "00000000-0000-4000-8000-000000000000"
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' OR 1=1 --",
    "\\",
    "\x00",
    "a\x00b",
    "\ud800",
    "x" * 10_000,
    "4" * 10_000,
    "•" * 10_000,
    "a " * 5_000,
    "%" * 300,
    "_" * 300,
    "🏥",
    "\u202e",
]


@pytest.fixture
def northwind_and_others(ana, anas):
    show(
        ana,
        ORG_ID,
        name="Northwind Health",
        customer_id="cus_Northwind",
        email="billing@northwind.example",
        last4="1881",
    )
    show(ana, "south-1", name="100% Care", email="pay@care.example", last4="0005")
    show(ana, "south-2", name="Under_score Labs", email="pay@labs.example", last4="0005")
    return ana


def hits(text):
    found = search(Customer.objects.all(), text)
    return sorted(found.values_list("organization__name", flat=True))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_finds_nothing_and_breaks_nothing(northwind_and_others, text):
    assert find(northwind_and_others, text).opens == ""
    assert hits(text) in ([], ["100% Care", "Northwind Health", "Under_score Labs"])


@pytest.mark.parametrize("text", ["<script>", "' OR 1=1 --", "x" * 10_000, "%%", "__", "cus_"])
def test_markup_and_wildcards_are_plain_text(northwind_and_others, text):
    assert hits(text) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cleaned_text_can_be_stored_and_shown(text):
    cleaned = one_line(text)

    assert len(cleaned) <= LONGEST
    assert "\x00" not in cleaned
    assert cleaned.encode().decode() == cleaned


def test_spaces_and_line_breaks_around_a_pasted_text_do_not_matter(northwind_and_others):
    assert hits("\n\t Northwind \r\n  Health ") == ["Northwind Health"]


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_an_empty_text_narrows_nothing(northwind_and_others, text):
    assert len(hits(text)) == 3


@pytest.mark.parametrize(
    "text",
    [
        "northwind",
        "NORTHWIND HEALTH",
        "wind Hea",
        ORG_ID,
        ORG_ID.upper(),
        "cus_Northwind",
        "billing@northwind.example",
        "BILLING@NORTHWIND",
        "1881",
        "•••• 1881",
        "****1881",
        "Visa 1881",
        "Visa •••• 1881",
        "xxxx xxxx xxxx 1881",
    ],
)
def test_anything_found_in_a_ticket_finds_the_organization(northwind_and_others, text):
    assert hits(text) == ["Northwind Health"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("100%", ["100% Care"]),
        ("%", []),
        ("10", ["100% Care"]),
        ("00", []),
        ("under_", ["Under_score Labs"]),
        ("_", []),
        ("0005", ["100% Care", "Under_score Labs"]),
        ("pay@", ["100% Care", "Under_score Labs"]),
        ("cus_northwind", []),
        ("188", []),
        ("11881", []),
        (ORG_ID[:-1], ["Northwind Health"]),
        (ORG_ID[:3], []),
        (ORG_ID[1:], []),
    ],
)
def test_what_a_text_finds(northwind_and_others, text, names):
    assert hits(text) == names


@pytest.mark.parametrize("text", ["Northwind", "cus_Northwind", "1881", "south-1"])
def test_a_single_hit_is_opened(northwind_and_others, text):
    expected = "south-1" if text == "south-1" else ORG_ID

    assert find(northwind_and_others, text).opens == expected


@pytest.mark.parametrize("text", ["0005", "pay@", "nothing like it"])
def test_several_hits_or_none_are_listed(northwind_and_others, text):
    assert find(northwind_and_others, text).opens == ""


def test_an_exact_org_id_is_opened_although_other_names_hold_it(northwind_and_others):
    show(northwind_and_others, "south-3", name="Formerly south-1")

    assert find(northwind_and_others, "south-1").opens == "south-1"


@pytest.mark.parametrize("text", [UNKNOWN, UNKNOWN.upper(), f" {UNKNOWN}\n"])
def test_a_uuid_is_always_opened(ana, text):
    assert find(ana, text).opens == UNKNOWN


def test_a_uuid_is_opened_alike_whether_or_not_the_portal_knows_it(ana, anas):
    make_customer(make_organization(ORG_ID))

    assert find(ana, ORG_ID).opens == ORG_ID
    assert find(ana, UNKNOWN).opens == UNKNOWN


@pytest.mark.parametrize("text", ["hidden-1", "Hidden", "cus_hidden", "boss@hidden.example"])
def test_what_the_user_may_not_see_is_not_found(ana, anas, ben, bens, text):
    show(
        ben,
        "hidden-1",
        name="Hidden Clinic",
        customer_id="cus_hidden",
        email="boss@hidden.example",
    )

    assert find(ben, text).opens == "hidden-1"
    assert find(ana, text).opens == ""


def test_a_hidden_hit_does_not_change_what_is_opened(ana, anas, ben, bens):
    show(ben, "hidden-1", name="Northwind East")
    show(ana, "mine", name="Northwind West")

    assert find(ana, "northwind").opens == "mine"


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        ("south-1", True),
        (UNKNOWN, True),
        ("two words", False),
        ("a@b.example", False),
        ("a/b", False),
        ("", False),
        ("\x00", False),
    ],
)
def test_asking_catalyze_is_offered_for_what_may_be_an_org_id(text, may_be):
    assert may_be_org_id(text) is may_be


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


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("NORTHWIND", ["e-mail billing@northwind.example", "name “Northwind Health”"]),
        (ORG_ID, [f"org id {ORG_ID}"]),
        (ORG_ID[:8], [f"org id starts with {ORG_ID[:8]}"]),
        ("cus_Northwind", ["customer cus_Northwind"]),
        ("Visa 1881", ["card ends in 1881"]),
        ("", []),
    ],
)
def test_a_typed_text_says_why_it_fits(northwind_and_others, text, why):
    rows = Customer.objects.filter(organization__org_id=ORG_ID).select_related("organization")

    (found,) = reasons(northwind_and_others, list(rows), text)

    assert (list(found.fits), list(found.against)) == (why, [])


@pytest.mark.parametrize(("has_hits", "asked"), [(False, ["elm-4"]), (True, [])])
def test_a_word_is_asked_for_as_an_org_id_only_without_hits(three_clinics, has_hits, asked):
    assert org_ids_to_ask_for(three_clinics, "elm-4", has_hits=has_hits) == asked
    assert org_ids_to_ask_for(three_clinics, "elm-2", has_hits=has_hits) == []


@pytest.fixture
def in_a_phone(ana, anas):
    """A card that ends in 4242 and pays with a number that ends in 0012."""
    show(ana, "phone", name="Wallets", last4="4242", dynamic_last4="0012")
    show(ana, "plain", name="Plain", last4="4242")
    show(ana, "other", name="Other", last4="1881")
    return ana


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("4242", ["Plain", "Wallets"]),
        ("0012", ["Wallets"]),
        ("card ending in 0012", ["Wallets"]),
        ("the card ends in 4242 or 0012", ["Plain", "Wallets"]),
    ],
)
def test_a_card_in_a_phone_is_found_by_both_its_digits(in_a_phone, text, names):
    found = search(visible_customers(in_a_phone), text)

    assert sorted(found.values_list("organization__name", flat=True)) == names


def test_digits_of_a_phone_are_not_among_what_was_not_found(in_a_phone):
    text = "card ending 4242, card ending 0012, card ending 9999"
    missing = unfound(in_a_phone, text, has_hits=True)

    assert missing.others == ["•••• 9999"]


def test_digits_of_a_phone_open_and_say_why(in_a_phone):
    customer = visible_customers(in_a_phone).get(organization__org_id="phone")

    assert find(in_a_phone, "card ending in 0012") == Found("phone")
    (wallet,) = reasons(in_a_phone, [customer], "0012")
    (card,) = reasons(in_a_phone, [customer], "4242")
    assert (wallet.fits, wallet.against) == (
        ["wallet number ends in 0012"],
        [],
    )
    assert (card.fits, card.against) == (["card ends in 4242"], [])
