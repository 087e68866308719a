from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from customers.upstream.reading import integer, items, mapping, percent, text, unix_time, word


@dataclass(frozen=True, slots=True)
class Discount:
    coupon: str = ""
    percent_off: Decimal | None = None
    amount_off: int | None = None
    currency: str = ""
    ends_at: datetime | None = None


def read_discount(customer: dict[str, object]) -> Discount | None:
    sent = mapping(customer.get("discount")) or _first(customer.get("discounts"))
    coupon = _coupon(sent)
    details = mapping(coupon)
    discount = Discount(
        coupon=text(coupon) or text(details.get("id")) or text(details.get("name")),
        percent_off=percent(details.get("percent_off")),
        amount_off=integer(details.get("amount_off")),
        currency=word(details.get("currency")),
        ends_at=unix_time(sent.get("end")),
    )
    return discount if text(sent.get("id")) or discount != Discount() else None


def _first(value: object) -> dict[str, object]:
    listed = items(value)
    return mapping(listed[0]) if listed else {}


def _coupon(sent: dict[str, object]) -> object:
    """The coupon or its id; under `source` since 2025-09-30."""
    return sent.get("coupon") or mapping(sent.get("source")).get("coupon")
