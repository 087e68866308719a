"""A subscription of an old API version, and how any is read."""

from datetime import UTC, datetime

from customers.upstream.stripe.subscription import read_subscriptions

END = 1384094959
END_TIME = datetime(2013, 11, 10, 14, 49, 19, tzinfo=UTC)
LATER = 1484094959
PLAN = {"id": "bronze-v1", "name": "Bronze", "amount": 1900, "currency": "usd", "interval": "month"}
OLD = {
    "id": "su_1",
    "object": "subscription",
    "status": "trialing",
    "plan": PLAN,
    "quantity": 2,
    "cancel_at_period_end": False,
    "current_period_end": END,
}


def read_one(**changes):
    return read_subscriptions({"subscriptions": {"data": [{**OLD, **changes}]}})[0]
