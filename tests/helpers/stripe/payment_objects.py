"""The four objects in which Stripe has described a payment method."""

OLD_CARD = {
    "object": "card",
    "last4": "0341",
    "type": "Visa",
    "exp_month": 12,
    "exp_year": 2013,
    "fingerprint": "fWvZEzdbEIFF8QrK",
    "country": "US",
    "name": "Ada Starr",
    "cvc_check": "pass",
    "address_line1_check": "fail",
    "address_zip_check": "unavailable",
}
CARD = {**OLD_CARD, "id": "card_1", "type": "ignored", "brand": "Visa", "funding": "Credit"}
BANK_ACCOUNT = {
    "id": "ba_1",
    "object": "bank_account",
    "account_holder_name": "Jane Austen",
    "bank_name": "STRIPE TEST BANK",
    "country": "US",
    "fingerprint": "wxXSAD5idPUzgBEz",
    "last4": "6789",
    "routing_number": "110000000",
}
PAYMENT_METHOD = {
    "id": "pm_1",
    "object": "payment_method",
    "type": "card",
    "billing_details": {"name": "Jane Doe"},
    "card": {
        "brand": "visa",
        "checks": {
            "address_line1_check": "fail",
            "address_postal_code_check": "pass",
            "cvc_check": "unchecked",
        },
        "country": "US",
        "exp_month": 12,
        "exp_year": 2022,
        "fingerprint": "PXj5xzTtGdBo1fVl",
        "funding": "credit",
        "last4": "4242",
        "wallet": {"type": "apple_pay", "apple_pay": {}},
    },
}
SOURCE = {
    "id": "src_1",
    "object": "source",
    "type": "card",
    "card": {"brand": "Visa", "last4": "4242", "exp_month": 6, "exp_year": 2021, "name": None},
    "owner": {"name": "John Doe"},
}
