"""What each address may be sent and may answer, for the OpenAPI document."""

from typing import Any

EXAMPLE_ORG_ID = "7c1f0a52-0d3e-4f57-9a70-5d1c9f3f3b11"
_STANDING = {
    "as_of": "2026-11-30T14:42:07.120000+00:00",
    "source": {"checked_by": "ana", "proof": "own"},
    "stale": False,
}
_ENVELOPE = {**_STANDING, "proof_until": "2026-12-03T14:42:07.120000+00:00", "trouble": None}
_METHOD = {
    "id": "card_1",
    "kind": "card",
    "type": "card",
    "brand": "Visa",
    "last4": "4242",
    "wallet": None,
    "dynamic_last4": None,
    "exp_month": 5,
    "exp_year": 2031,
    "expires_on": "2031-05-31",
    "funding": "credit",
    "country": "US",
    "cvc_check": "pass",
    "address_line1_check": None,
    "address_zip_check": None,
    "holder_name": None,
    "bank_name": None,
}
_FACTS = {
    "org_id": EXAMPLE_ORG_ID,
    "name": "Northwind Clinics",
    "state": "card",
    "customer_id": "cus_1",
    "brand": "Visa",
    "last4": "4242",
    "exp_month": 5,
    "exp_year": 2031,
    "expires_on": "2031-05-31",
    "funding": "credit",
    "delinquent": True,
    "balance": 1250,
    "currency": "usd",
    "livemode": True,
    "checked_at": _STANDING["as_of"],
    "changed_at": "2026-11-28T09:10:00+00:00",
    "email": "billing@northwind.example",
    "next_renewal": "2026-12-15",
    "subscription_count": 1,
    "subscription_status": "past_due",
    "delinquent_since": "2026-11-28T09:10:00+00:00",
    "state_since": "2026-03-02T08:00:00+00:00",
    "balance_amount": "12.50",
}
_SUBSCRIPTION = {
    "id": "sub_1",
    "status": "past_due",
    "is_live": True,
    "is_invoiced": False,
    "items": [
        {
            "name": "Clinic plan",
            "quantity": 2,
            "unit_amount": "1900",
            "total": 3800,
            "currency": "usd",
            "interval": "month",
            "varies": False,
        }
    ],
    "has_more_items": False,
    "current_period_end": "2026-12-15T00:00:00+00:00",
    "renews_at": "2026-12-15T00:00:00+00:00",
    "trial_ends_at": None,
    "ends_at": None,
    "ended_at": None,
    "pauses_until": None,
    "payment_method": None,
}
_CHANGE = {
    "seen_at": "2026-11-28T09:10:00+00:00",
    "changed_after": "2026-11-27T21:05:00+00:00",
    "kinds": ["became_delinquent"],
    "what": ["Became delinquent"],
    "facts": {"delinquent": {"before": False, "after": True}},
    "seen_with": "ana",
}
_END = {"next": None, "count": 1, "count_is_capped": False}
_ROW = {**_FACTS, **_STANDING}
QUESTIONS = {"search": {"text": "My Visa ending in 4242 was declined. Northwind Clinics"}}
ANSWERS: dict[str, Any] = {
    "me": {
        "data": {
            "username": "ana",
            "token": "billing bot",
            "scopes": ["history", "read"],
            "expires_at": "2027-02-28T12:00:00+00:00",
            "catalyze": {"state": "active", "may_ask": True},
            "max_requests_per_minute": 600,
            "proofs_last_seconds": 259200,
            "stale_after_seconds": 900,
            "time_zone": "UTC",
        },
        "as_of": _STANDING["as_of"],
    },
    "organization": {
        "data": {
            **_FACTS,
            "payment_method": _METHOD,
            "other_methods": [],
            "subscriptions": [_SUBSCRIPTION],
            "reply": {
                "en": "The last charge for Northwind Clinics to Visa •••• 4242 failed. Please "
                "update it or contact your bank. (As of 30 November 2026.)"
            },
        },
        **_ENVELOPE,
    },
    "history": {
        "data": {
            "org_id": EXAMPLE_ORG_ID,
            "name": "Northwind Clinics",
            "first_checked_at": "2026-03-02T08:00:00+00:00",
            "changes": [_CHANGE],
            "is_complete": True,
        },
        **_ENVELOPE,
    },
    "organizations": {"data": [_ROW], **_END},
    "worklists": {
        "data": [
            {
                "key": "delinquent",
                "label": "Delinquent",
                "help": "The latest charge for the latest invoice failed.",
                "group": "to_do",
                "count": 17,
                "count_is_capped": False,
            }
        ],
        "as_of": _STANDING["as_of"],
    },
    "search": {
        "data": [{**_ROW, "fits": ["card ends in 4242"], "against": []}],
        **_END,
        "opens": EXAMPLE_ORG_ID,
        "not_found": [],
    },
    "changes": {
        "data": [{"org_id": EXAMPLE_ORG_ID, "name": "Northwind Clinics", **_CHANGE, **_STANDING}],
        **_END,
    },
}
