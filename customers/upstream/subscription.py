"""Read a customer's subscriptions of any Stripe era. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from customers.upstream.reading import (
    integer,
    items,
    mapping,
    moment,
    objects,
    text,
    total_count,
    word,
)

# Stripe's statuses, the one to act on first in front: unpaid and past_due owe money, incomplete
# waits for a first payment, the next three have stopped, the last two are well. A status that
# Stripe may add later stands between: nobody knows that it is well.
_SEVERITY = (
    "unpaid",
    "past_due",
    "incomplete",
    "incomplete_expired",
    "paused",
    "canceled",
    "",
    "trialing",
    "active",
)
_RENEWING = frozenset({"active", "trialing", "past_due"})


@dataclass(frozen=True, slots=True)
class Subscription:
    """One subscription; amount in the currency's smallest unit, for one of its quantity."""

    id: str = ""
    status: str = ""
    plan: str = ""
    quantity: int | None = None
    amount: int | None = None
    currency: str = ""
    interval: str = ""
    current_period_end: datetime | None = None
    cancel_at_period_end: bool = False

    @property
    def will_renew(self) -> bool:
        """Whether Stripe will charge again when the current period ends."""
        return self.status in _RENEWING and not self.cancel_at_period_end


def read_subscriptions(customer: dict[str, object]) -> tuple[Subscription, ...]:
    """The listed `subscriptions`, and the single `subscription` from before 2014-01-31."""
    sent = [*objects(customer.get("subscriptions")), *objects([customer.get("subscription")])]
    read: dict[object, Subscription] = {}
    for place, item in enumerate(sent):
        subscription = _read_subscription(item)
        if subscription.id or subscription.status:
            read.setdefault(subscription.id or place, subscription)
    return tuple(read.values())


def count_subscriptions(customer: dict[str, object], number_read: int) -> int | None:
    """How many there are in all; None if the answer does not list them."""
    if items(customer.get("subscriptions")) is None and not number_read:
        return None
    return max(number_read, total_count(customer.get("subscriptions")) or 0)


def worst_status(subscriptions: Iterable[Subscription]) -> str:
    """The status to act on first; "" if there is none."""
    statuses = [subscription.status for subscription in subscriptions if subscription.status]
    return min(statuses, key=_severity, default="")


def next_renewal(subscriptions: Iterable[Subscription]) -> datetime | None:
    """When the first of those that will renew ends its period."""
    ends = [one.current_period_end for one in subscriptions if one.will_renew]
    return min(filter(None, ends), default=None)


def _severity(status: str) -> int:
    return _SEVERITY.index(status if status in _SEVERITY else "")


def _read_subscription(sent: dict[str, object]) -> Subscription:
    """The plan, quantity and amount are the first item's if the subscription has several."""
    lines = objects(sent.get("items"))
    first = lines[0] if lines else {}
    plan = _plan(sent, first)
    quantity = integer(sent.get("quantity"))
    return Subscription(
        id=text(sent.get("id")),
        status=text(sent.get("status")),
        plan=_plan_name(plan) or text(sent.get("plan")),
        quantity=integer(first.get("quantity")) if quantity is None else quantity,
        amount=_amount(plan),
        currency=word(plan.get("currency")) or word(sent.get("currency")),
        interval=_interval(plan),
        current_period_end=_period_end(sent, lines),
        cancel_at_period_end=sent.get("cancel_at_period_end") is True,
    )


def _plan(sent: dict[str, object], first: dict[str, object]) -> dict[str, object]:
    """Its own plan, else the first item's; a price is what a plan is called since 2020."""
    candidates = (sent.get("plan"), first.get("plan"), first.get("price"))
    return next((plan for plan in candidates if isinstance(plan, dict) and plan), {})


def _plan_name(plan: dict[str, object]) -> str:
    """Its nickname; `name` before 2018-02-05, then the product's name if that is expanded."""
    product = mapping(plan.get("product"))
    names = (plan.get("nickname"), plan.get("name"), product.get("name"))
    return next(filter(None, (text(name) for name in names)), text(plan.get("id")))


def _amount(plan: dict[str, object]) -> int | None:
    amount = integer(plan.get("amount"))
    return integer(plan.get("unit_amount")) if amount is None else amount


def _interval(plan: dict[str, object]) -> str:
    """`month`, or `3 months`: the period of a Plan, or of a Price under `recurring`."""
    period = plan if text(plan.get("interval")) else mapping(plan.get("recurring"))
    interval, count = text(period.get("interval")), integer(period.get("interval_count"))
    return f"{count} {interval}s" if interval and count is not None and count > 1 else interval


def _period_end(sent: dict[str, object], lines: list[dict[str, object]]) -> datetime | None:
    """Since 2025-03-31 each item has its own period; the first to end is what is due next."""
    end = moment(sent.get("current_period_end"))
    ends = [moment(line.get("current_period_end")) for line in lines]
    return end or min(filter(None, ends), default=None)
