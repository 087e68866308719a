"""The customer of the documentation, and any other read."""

from customers.upstream.stripe.stripe_customer import (
    parse_customer,
)

# The example in the documentation of Get Customer, shortened to what is read.
DOCUMENTED = {
    "object": "customer",
    "created": 1403096315,
    "id": "cus_4FD4wvEKNQ2sJi",
    "livemode": False,
    "description": "Bingo|www|0c1234567890",
    "email": None,
    "delinquent": False,
    "metadata": {},
    "subscriptions": {"object": "list", "total_count": 0, "has_more": False, "data": []},
    "discount": None,
    "account_balance": 0,
    "currency": "usd",
    "cards": {
        "object": "list",
        "total_count": 1,
        "has_more": False,
        "data": [
            {
                "id": "card_104FD42eZvKYlo2Cm1wYwsL1",
                "object": "card",
                "last4": "4242",
                "brand": "Visa",
                "funding": "credit",
                "exp_month": 5,
                "exp_year": 2015,
                "fingerprint": "Xt5EWLLDS7FJjR1c",
                "country": "US",
                "name": None,
                "cvc_check": "pass",
                "address_line1_check": None,
                "address_zip_check": None,
                "customer": "cus_4FD4wvEKNQ2sJi",
            }
        ],
    },
    "default_card": "card_104FD42eZvKYlo2Cm1wYwsL1",
}


def parse(**fields):
    return parse_customer({"object": "customer", "id": "cus_1", **fields})
