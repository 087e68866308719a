"""A customer of each Stripe era."""

CARD = {
    "id": "card_1",
    "object": "card",
    "type": "Visa",
    "brand": "Visa",
    "last4": "0341",
    "exp_month": 5,
    "exp_year": 2015,
    "funding": "credit",
    "country": "US",
    "name": "Ada",
}
PAYMENT_METHOD = {
    "id": "pm_1",
    "object": "payment_method",
    "type": "card",
    "card": {**CARD, "checks": {"cvc_check": "pass"}, "wallet": {"type": "apple_pay"}},
    "billing_details": {"name": "Ada"},
}
PLAN = {"id": "gold", "nickname": None, "amount": 500, "currency": "usd", "interval": "month"}
PRICE = {"product": {"name": "Gold"}, "unit_amount": 500, "recurring": {"interval": "year"}}
SUBSCRIPTION = {
    "id": "sub_1",
    "status": "active",
    "plan": PLAN,
    "quantity": 1,
    "current_period_end": 1384094959,
    "cancel_at_period_end": False,
    "items": {"data": [{"price": PRICE, "current_period_end": "2025-01-01T00:00:00Z"}]},
}
FACTS = {
    "id": "cus_1",
    "object": "customer",
    "created": 1403096315,
    "delinquent": False,
    "livemode": True,
    "currency": "usd",
    "email": "ada@example.com",
    "phone": "+49 30 23125 000",
    "address": {"country": "DE"},
    "tax_exempt": "reverse",
    "preferred_locales": ["de", "en-GB"],
    "description": "An organization",
    "subscriptions": {"data": [SUBSCRIPTION], "total_count": 1},
    "discount": {"end": 1, "coupon": {"id": "25OFF", "percent_off": 25.5, "amount_off": 1}},
}
CUSTOMERS = [
    {**FACTS, "account_balance": 0, "active_card": CARD, "subscription": SUBSCRIPTION},
    {
        **FACTS,
        "account_balance": 0,
        "default_card": "card_1",
        "cards": {"data": [CARD], "count": 1},
    },
    {
        **FACTS,
        "balance": 0,
        "default_source": "card_1",
        "sources": {"data": [CARD, PAYMENT_METHOD]},
    },
    {
        **FACTS,
        "balance": 0,
        "invoice_settings": {"default_payment_method": PAYMENT_METHOD},
        "discounts": [{"source": {"coupon": "25OFF"}}],
        "sources": {"object": "list", "data": [], "has_more": False},
    },
]
