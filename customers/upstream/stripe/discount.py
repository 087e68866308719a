"""Read a customer's discount of any Stripe era. Pure."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from customers.upstream.reading import integer, items, mapping, percent, text, unix_time, word


@dataclass(frozen=True, slots=True)
class Discount:
    """A coupon that applies; amount in the currency's smallest unit; no end means for ever."""

    coupon: str = ""
    percent_off: Decimal | None = None
    amount_off: int | None = None
    currency: str = ""
    ends_at: datetime | None = None


def read_discount(customer: dict[str, object]) -> Discount | None:
    """The customer's discount, or the first of the newer `discounts` if that is expanded."""
    sent = mapping(customer.get("discount")) or _first(customer.get("discounts"))
    if not sent:
        return None
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
    """The coupon or its id; since 2025-09-30 it is under `source`."""
    return sent.get("coupon") or mapping(sent.get("source")).get("coupon")
