"""Payment methods as payloads list and name them, and how the default is found."""

from customers.upstream.stripe.default_method import find_default_method as find_among
from customers.upstream.stripe.subscription import read_subscriptions

CARD_1 = {"id": "card_1", "object": "card", "brand": "Visa", "last4": "4242"}
CARD_2 = {"id": "card_2", "object": "card", "brand": "MasterCard", "last4": "4444"}
BANK = {"id": "ba_1", "object": "bank_account", "last4": "6789"}
SWISH = {"id": "pm_1", "object": "payment_method", "type": "swish", "swish": {}}


def find_default_method(customer):
    return find_among(customer, read_subscriptions(customer))


def listing(*items, **more):
    return {"object": "list", "data": list(items), "has_more": False, **more}


def settings(default):
    return {"invoice_settings": {"default_payment_method": default}}
