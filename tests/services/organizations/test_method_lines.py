"""A payment method in a line: what it is, what is known of it, and until when it is valid."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from customers.services.organizations.method_lines import card_checks, charged_line, other_lines
from customers.services.organizations.subscription_lines import lines_of
from customers.upstream.stripe.payment_method import BANK_ACCOUNT, CARD, PaymentMethod
from customers.upstream.stripe.subscription import Subscription
from customers.upstream.stripe.subscription_item import SubscriptionItem
from tests.helpers.summaries import TODAY, customer

LATER = datetime(2027, 1, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("month", "year", "ends", "tone"),
    [
        (10, 2026, "10/26", "bad"),
        (12, 2026, "12/26", "warn"),
        (5, 2031, "05/31", "good"),
        (None, None, "", "plain"),
    ],
)
def test_a_card_says_until_when_it_is_valid(month, year, ends, tone):
    card = PaymentMethod(
        kind=CARD, brand="Visa", last4="4242", exp_month=month, exp_year=year, country="US"
    )

    (line,) = other_lines([card], TODAY)

    assert (line.words, line.about, line.ends, line.tone) == (
        "Visa •••• 4242",
        ("US",),
        ends,
        tone,
    )


def test_a_bank_account_has_no_expiry():
    account = PaymentMethod(kind=BANK_ACCOUNT, last4="6789", bank_name="First Prairie Bank")

    (line,) = other_lines([account], TODAY)

    assert (line.is_bank_account, line.words, line.expiry) == (
        True,
        "Bank account •••• 6789",
        "no expiry",
    )
    assert line.about == ("First Prairie Bank",)


def test_of_the_charged_card_its_holder_is_said_and_unknown_funding_is_not():
    found = customer(funding="unknown", country="US")

    line = charged_line(found, PaymentMethod(holder_name="Dana Whitfield"), TODAY)

    assert line.about == ("issued in US", "Dana Whitfield")


def test_a_check_that_was_not_made_is_neither_passed_nor_failed():
    found = customer(cvc_check="pass", address_line1_check="fail", address_zip_check="")

    assert [(check.words, check.tone) for check in card_checks(found)] == [
        ("CVC passed", "good"),
        ("Address failed", "bad"),
        ("Postcode not checked", "plain"),
    ]


@pytest.mark.parametrize(
    ("facts", "renewing", "warning"),
    [
        ({"expires_on": datetime(2026, 12, 31).date()}, {}, "Card expires before, on 31 Dec 2026"),
        ({"expires_on": datetime(2026, 10, 31).date()}, {}, "Card expired on 31 Oct 2026"),
        ({"expires_on": LATER.date()}, {}, ""),
        ({"expires_on": datetime(2026, 10, 31).date()}, {"status": "unpaid"}, ""),
        ({"state": "none", "expires_on": None}, {}, "No payment method for it"),
        ({"state": "none", "expires_on": None}, {"is_invoiced": True}, ""),
        ({}, {"cancel_at_period_end": True}, "Does not renew"),
    ],
)
def test_a_subscription_says_what_will_go_wrong_at_its_renewal(facts, renewing, warning):
    item = SubscriptionItem("Bronze", 1, Decimal(1900), "usd", "month")
    one = {"id": "sub_1", "status": "active", "items": (item,), "current_period_end": LATER}
    found = customer(facts.pop("state", "card"), **facts)

    (line,) = lines_of([Subscription(**(one | renewing))], TODAY, found)

    assert line.warning == warning
