"""Stripe customers as relayed today; uses only the standard library, for dj-stripe's side."""

import json
from collections.abc import Iterator
from typing import Any

AT_FIRST, AFTERWARDS = 0, -1250  # inserted first, and what an update changes it to
_FIRST_CREATED = 1_700_000_000


def bodies(count: int, balance: int) -> Iterator[bytes]:
    """Customers with an expanded default card and empty lists."""
    for number in range(count):
        yield json.dumps(_customer(number, balance), indent=2).encode()


def _customer(number: int, balance: int) -> dict[str, Any]:
    customer_id = f"cus_{number:014}"
    return {
        "id": customer_id,
        "object": "customer",
        "address": _address(number),
        "balance": balance,
        "created": _FIRST_CREATED + number,
        "currency": "usd",
        "default_source": None,
        "delinquent": False,
        "description": f"Clinic {number}",
        "discount": None,
        "email": f"billing@clinic-{number}.example",
        "invoice_prefix": f"{number:08X}",
        "invoice_settings": {
            "custom_fields": None,
            "default_payment_method": _card(number, customer_id),
            "footer": None,
            "rendering_options": None,
        },
        "livemode": False,
        "metadata": {"plan": "clinic", "region": "midwest"},
        "name": f"Clinic {number} of Milwaukee",
        "next_invoice_sequence": 7,
        "phone": "+1 414 555 0100",
        "preferred_locales": ["en"],
        "shipping": None,
        "sources": _empty_list(customer_id, "sources"),
        "subscriptions": _empty_list(customer_id, "subscriptions"),
        "tax_exempt": "none",
        "test_clock": None,
    }


def _card(number: int, customer_id: str) -> dict[str, Any]:
    return {
        "id": f"pm_{number:024}",
        "object": "payment_method",
        "billing_details": {
            "address": _address(number),
            "email": f"billing@clinic-{number}.example",
            "name": f"Clinic {number}",
            "phone": None,
        },
        "card": {
            "brand": "visa",
            "checks": {
                "address_line1_check": None,
                "address_postal_code_check": "pass",
                "cvc_check": "pass",
            },
            "country": "US",
            "exp_month": number % 12 + 1,
            "exp_year": 2031,
            "fingerprint": f"{number:016}",
            "funding": "credit",
            "generated_from": None,
            "last4": f"{number % 10_000:04}",
            "networks": {"available": ["visa"], "preferred": None},
            "three_d_secure_usage": {"supported": True},
            "wallet": None,
        },
        "created": _FIRST_CREATED + number,
        "customer": customer_id,
        "livemode": False,
        "metadata": {},
        "type": "card",
    }


def _address(number: int) -> dict[str, Any]:
    return {
        "city": "Milwaukee",
        "country": "US",
        "line1": f"{number % 9_000 + 100} Lakeside Avenue",
        "line2": "Suite 4",
        "postal_code": "53202",
        "state": "WI",
    }


def _empty_list(customer_id: str, kind: str) -> dict[str, Any]:
    url = f"/v1/customers/{customer_id}/{kind}"
    return {"object": "list", "data": [], "has_more": False, "total_count": 0, "url": url}
