import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from customers.upstream.reading import integer, mapping, objects, text, word

# Since 2020 a Price is sent alone or beside the older Plan.
_PLAN_KEYS = ("plan", "price")
_AMOUNT_KEYS = ("amount", "unit_amount", "amount_decimal", "unit_amount_decimal")
_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,12})?")

Plans = list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class SubscriptionItem:
    name: str = ""
    quantity: int | None = None
    amount: Decimal | None = None
    currency: str = ""
    interval: str = ""
    is_measured: bool = False

    @property
    def total(self) -> int | None:
        if self.amount is None or self.is_measured:
            return None
        total = self.amount * (1 if self.quantity is None else self.quantity)
        return integer(int(total)) if total == total.to_integral_value() else None

    @property
    def varies(self) -> bool:
        """Stripe alone decides how fractions of a cent are rounded."""
        return self.is_measured or (self.amount is not None and self.total is None)


def read_items(subscription: dict[str, object]) -> tuple[SubscriptionItem, ...]:
    """A single item is completed from its subscription."""
    lines = objects(subscription.get("items"))
    if len(lines) <= 1:
        own = {key: subscription.get(key) for key in ("plan", "quantity")}
        sent = {key: value for line in lines for key, value in line.items() if value is not None}
        lines = [own | sent]
    read = [_read_item(line, subscription) for line in lines]
    return tuple(item for item in read if item.name or item.amount is not None)


def _read_item(line: dict[str, object], subscription: dict[str, object]) -> SubscriptionItem:
    plans = [mapping(line.get(key)) for key in _PLAN_KEYS]
    currencies = [plan.get("currency") for plan in (*plans, subscription)]
    return SubscriptionItem(
        name=_name(plans) or _first(text(line.get(key)) for key in _PLAN_KEYS),
        quantity=integer(line.get("quantity")),
        amount=_amount(plans),
        currency=_first(map(word, currencies)),
        interval=_first(map(_interval, plans)),
        is_measured=any(map(_is_measured, plans)),
    )


def _name(plans: Plans) -> str:
    names = [plan.get(key) for key in ("nickname", "name") for plan in plans]
    names += [mapping(plan.get("product")).get("name") for plan in plans]
    names += [plan.get("id") for plan in plans]
    return _first(map(text, names))


def _amount(plans: Plans) -> Decimal | None:
    for key in _AMOUNT_KEYS:
        for value in (plan.get(key) for plan in plans):
            whole = integer(value)
            if whole is not None:
                return Decimal(whole)
            if isinstance(value, str) and _DECIMAL.fullmatch(value):
                return Decimal(value)
    return None


def _interval(plan: dict[str, object]) -> str:
    period = plan if text(plan.get("interval")) else mapping(plan.get("recurring"))
    interval, count = text(period.get("interval")), integer(period.get("interval_count"))
    return f"{count} {interval}s" if interval and count is not None and count > 1 else interval


def _is_measured(plan: dict[str, object]) -> bool:
    recurring = mapping(plan.get("recurring"))
    return (
        "metered" in (plan.get("usage_type"), recurring.get("usage_type"))
        or plan.get("billing_scheme") == "tiered"
        or any(objects(plan.get("tiers")))
        or bool(text(plan.get("meter")) or text(recurring.get("meter")))
        or bool(mapping(plan.get("transform_quantity")))
    )


def _first(texts: Iterable[str]) -> str:
    return next(filter(None, texts), "")
