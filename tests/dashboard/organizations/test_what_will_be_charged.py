"""The organization page says what will be charged, when, and what is not wrong."""

import re
from html import unescape

import pytest

from customers.models import Customer

FINE, FRIENDLY = "No billing problems.", "This is not an error."


@pytest.fixture
def page(as_ana, sandbox):
    """An organization's page as text, by the organization's name in the sandbox."""

    def get(name):
        response = as_ana.get(f"/orgs/{sandbox.org_id(name)}/")
        assert response.status_code == 200
        return words_of(response)

    return get


def words_of(response):
    return words_of_text(response.content.decode())


def words_of_text(page):
    without_tags = re.sub(r"<[^>]*>", " ", page)
    return " ".join(unescape(without_tags).split())


def stored(name):
    return Customer.objects.get(organization__name=name)


@pytest.mark.parametrize(
    ("name", "state", "said", "unsaid"),
    [
        (
            "Poppy Checkout",
            "card",
            [FINE, "A subscription charges this one", "Charged to Visa ••••"],
            ["No payment method on file"],
        ),
        (
            "Primrose Checkout",
            "details_not_sent",
            ["On file, details unavailable.", "A subscription names a payment method", "pm_"],
            ["No payment method on file"],
        ),
        (
            "Quarry Imaging",
            "card",
            ["The card of a subscription has expired.", "Imaging", "Charged to Mastercard ••••"],
            [FINE, "A subscription charges this one"],
        ),
        (
            "Rosemary Public Health",
            "invoice",
            ["Billed by invoice.", "is billed by invoice, so we need no", "Billed by invoice"],
            ["No payment method on file", "How a card gets added", "ask someone with payment"],
        ),
        (
            "Saffron City Clinic",
            "invoice",
            [
                "An invoice is overdue.",
                "An invoice sent to Saffron City Clinic has not been paid yet.",
            ],
            ["The last charge failed.", "No payment method on file"],
        ),
        (
            "Spruce Hospice",
            "card",
            [FINE, "A subscription ends on", "ends on"],
            ["renews on", "Next renewal"],
        ),
        ("Sorrel Hospice", "card", [FINE, "renews on", "ends on", "Next renewal"], []),
        (
            "Sumac Clinic",
            "card",
            ["A subscription is paused.", "paused until", "invoices are voided"],
            [FINE, "Next renewal", "renews on"],
        ),
        (
            "Teasel Clinic",
            "card",
            ["A subscription is paused.", "paused; invoices are kept as drafts"],
            [FINE, "Next renewal", "renews on"],
        ),
        ("Thistle Therapy", "card", [FINE, "A trial ends on", "on trial until"], []),
        ("Tulip Telehealth", "card", ["A first payment is missing."], [FINE, "Next renewal"]),
        ("Valerian Labs", "card", ["A subscription never started."], [FINE, "Next renewal"]),
        ("Vetch Labs", "card", ["The last charge failed.", "unpaid"], [FINE, "Next renewal"]),
        (
            "Walnut Trials",
            "none",
            ["A subscription is paused.", "Its trial ended without a payment method."],
            [FINE, FRIENDLY],
        ),
        (
            "Woodruff Analytics",
            "card",
            [
                "Platform, monthly $499.00 every month",
                "Seats $228.00 every month (12 × $19.00)",
                "Storage varies, every month (quantity 250)",
                "API calls varies, every month",
            ],
            [],
        ),
        ("Yew Wallets", "card", ["Wallet Google Pay ••••"], []),
        ("Zinnia Santé", "card", ["Cartes Bancaires"], ["Visa"]),
    ],
)
def test_a_page_says_what_will_be_charged(page, name, state, said, unsaid):
    text = page(name)

    assert stored(name).state == state
    assert [words for words in said if words not in text] == []
    assert [words for words in unsaid if words in text] == []


def test_a_page_says_who_the_customer_is(page):
    text = page("Zinnia Santé")

    assert (
        "Phone +33 3 53 01 00 42 Billing country France Tax status reverse charge "
        "Preferred languages French (France), German"
    ) in text


def test_what_was_not_sent_of_the_customer_is_left_out(page):
    text = page("Cedar Valley Health")

    labels = ("Phone", "Billing country", "Tax status", "Preferred languages", "Wallet")
    assert [label for label in labels if label in text] == []


def test_a_tax_status_that_nobody_has_heard_of_is_shown_as_it_is(as_ana, sandbox):
    sandbox.put_org("new", name="New", payment=["ana"])
    customer = {"object": "customer", "id": "cus_1", "tax_exempt": "some_day<b>"}
    sandbox.put_customer("new", customer)

    text = as_ana.get("/orgs/new/").content.decode()

    assert "<bdi>some_day&lt;b&gt;</bdi>" in text


def test_the_reply_is_in_the_language_of_the_customer_until_another_is_chosen(as_ana, sandbox):
    address = f"/orgs/{sandbox.org_id('Zinnia Santé')}/"

    first = words_of(as_ana.get(address))
    chosen = words_of(as_ana.get(address, {"reply": "en"}))
    digest = re.search(r'name="fingerprint" value="(\w+)"', as_ana.get(address).content.decode())[1]
    checked = as_ana.post(
        f"{address}check/", {"in_place": "1", "fingerprint": digest}
    ).content.decode()

    assert "Für Zinnia Santé ist diese Karte hinterlegt" in first
    assert "The card on file for Zinnia Santé" in chosen
    assert "Checked just now" in checked
    assert "Für Zinnia Santé ist diese Karte hinterlegt" in words_of_text(checked)


def test_lists_are_narrowed_to_a_wallet(as_ana, page, sandbox):
    for name in ("Yew Wallets", "Wisteria Wallets", "Cedar Valley Health"):
        page(name)

    text = as_ana.get("/orgs/", {"wallet": "google_pay"}).content.decode()

    assert '<option value="apple_pay">Apple Pay</option>' in text
    assert '<option value="google_pay" selected>Google Pay</option>' in text
    rows = text.partition("<tbody>")[2]
    assert "Yew Wallets" in rows
    assert "Wisteria Wallets" not in rows
    assert "Cedar Valley Health" not in rows


def test_every_list_says_who_is_billed_by_invoice(as_ana, page):
    page("Rosemary Public Health")

    text = words_of(as_ana.get("/orgs/", {"worklist": "by-invoice"}))

    assert "Rosemary Public Health" in text
    assert "Billed by invoice" in text
    assert "None of your organizations" in words_of(
        as_ana.get("/orgs/", {"worklist": "no-payment-method"})
    )


def test_the_digits_of_a_phone_find_its_card(as_ana, page, sandbox):
    page("Yew Wallets")
    digits = stored("Yew Wallets").dynamic_last4

    found = as_ana.post("/search/", {"q": digits})

    assert found.headers["Location"] == f"/orgs/{sandbox.org_id('Yew Wallets')}/"


def test_it_is_said_in_german(as_ana, sandbox):
    as_ana.cookies["django_language"] = "de"

    text = words_of(as_ana.get(f"/orgs/{sandbox.org_id('Rosemary Public Health')}/"))

    assert "Zahlt per Rechnung." in text
    assert "muss keine Zahlungsmethode hinterlegt sein" in text
