"""Payment methods in every format that Stripe has sent."""

from typing import Any

from sandbox.world.dice import Dice

Json = dict[str, Any]

ADDRESS_FIELDS = ("line1", "line2", "city", "state", "zip", "country")
COMFORTABLY_VALID = 29


def card(dice: Dice, **changes: Any) -> Json:
    """Since 2014: with `id`, `brand` and `funding`. Valid for years by default."""
    details = {
        "id": dice.token("card_", 24),
        "object": "card",
        "last4": dice.digits(4),
        "brand": "Visa",
        "funding": "credit",
        **dice.month(COMFORTABLY_VALID),
        "fingerprint": dice.token("", 16),
        "country": "US",
        "name": None,
        **{f"address_{field}": None for field in ADDRESS_FIELDS},
        "cvc_check": "pass",
        "address_line1_check": None,
        "address_zip_check": None,
    }
    return details | changes


def old_card(dice: Dice, **changes: Any) -> Json:
    """Until 2013: the brand is in `type`, and there is no `funding`."""
    details = card(dice)
    details["type"] = details.pop("brand")
    del details["funding"]
    return details | changes


def embedded_card(dice: Dice, **changes: Any) -> Json:
    """A customer's only card, so it has no id."""
    details = old_card(dice)
    del details["id"]
    return details | changes


def bank_account(dice: Dice, **changes: Any) -> Json:
    details = {
        "id": dice.token("ba_", 24),
        "object": "bank_account",
        "account_holder_name": "Accounts Payable",
        "account_holder_type": "company",
        "bank_name": "STRIPE TEST BANK",
        "country": "US",
        "currency": "usd",
        "fingerprint": dice.token("", 16),
        "last4": dice.digits(4),
        "metadata": {},
        "routing_number": "110000000",
        "status": "verified",
    }
    return details | changes


def source(dice: Dice, kind: str, details: Json) -> Json:
    return {
        "id": dice.token("src_", 24),
        "object": "source",
        "amount": None,
        "created": dice.moment(-200),
        "currency": None,
        "flow": "none",
        "livemode": True,
        "metadata": {},
        "owner": {"address": None, "email": None, "name": None, "phone": None},
        "statement_descriptor": None,
        "status": "chargeable",
        "type": kind,
        "usage": "reusable",
        kind: details,
    }


def source_of_a_card(dice: Dice) -> Json:
    details = {
        "brand": "MasterCard",
        "last4": dice.digits(4),
        **dice.month(COMFORTABLY_VALID),
        "fingerprint": dice.token("", 16),
        "funding": "debit",
        "country": "US",
        "three_d_secure": "optional",
        "cvc_check": "pass",
        "address_zip_check": "pass",
    }
    return source(dice, "card", details)


def sepa_debit(dice: Dice) -> Json:
    details = {
        "bank_code": "37040044",
        "branch_code": None,
        "country": "DE",
        "fingerprint": dice.token("", 16),
        "last4": dice.digits(4),
        "mandate_reference": dice.token("", 16).upper(),
    }
    return source(dice, "sepa_debit", details) | {"currency": "eur"}


def ach_credit_transfer(dice: Dice) -> Json:
    """A Source with an account number to pay to, and no `last4`."""
    details = {
        "account_number": f"test_{dice.digits(12)}",
        "bank_name": "TEST BANK",
        "fingerprint": dice.token("", 16),
        "refund_account_holder_name": None,
        "routing_number": "110000000",
        "swift_code": "TSTEZ122",
    }
    return source(dice, "ach_credit_transfer", details) | {"currency": "usd", "flow": "receiver"}


def payment_method(dice: Dice, **changes: Any) -> Json:
    """The brand is in lower case, and checks are nested."""
    details = {
        "brand": "visa",
        "checks": {
            "address_line1_check": None,
            "address_postal_code_check": "pass",
            "cvc_check": "pass",
        },
        "country": "US",
        **dice.month(COMFORTABLY_VALID),
        "fingerprint": dice.token("", 16),
        "funding": "credit",
        "last4": dice.digits(4),
        "networks": {"available": ["visa"], "preferred": None},
        "wallet": None,
    }
    return {
        "id": dice.token("pm_", 24),
        "object": "payment_method",
        "billing_details": {"address": None, "email": None, "name": None, "phone": None},
        "card": details | changes,
        "created": dice.moment(-150),
        "livemode": True,
        "metadata": {},
        "type": "card",
    }
