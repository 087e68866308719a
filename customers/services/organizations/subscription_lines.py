"""Subscriptions in words: what they are for, what happens next, and what they charge."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from customers.models import Customer
from customers.services.history.differences import method_words
from customers.services.organizations.subscription_troubles import expiry_before_renewal
from customers.services.organizations.subscription_words import every_words, pause_words, tone_of
from customers.services.wording.expiry import day_of, warned_until
from customers.services.wording.fact_words import wallet_words
from customers.services.wording.formats import (
    card_words,
    count_words,
    day_words,
    expiry_words,
    money,
    stripe_words,
)
from customers.services.wording.isolation import isolated
from customers.upstream.stripe.known_methods import NamedMethod
from customers.upstream.stripe.payment_method import CARD, PaymentMethod
from customers.upstream.stripe.subscription import Subscription
from customers.upstream.stripe.subscription_item import SubscriptionItem


@dataclass(frozen=True, slots=True)
class OwnMethod:
    """The payment method of a subscription; `expiry` is set only if it is past or near."""

    words: str
    expiry: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    status: str
    tone: str  # "bad", "warn", "good" or "plain"
    items: list[tuple[str, str]]  # name and cost
    has_more_items: bool
    ahead: list[str]
    is_invoiced: bool  # Stripe sends invoices instead of charging a method
    is_charging: bool
    method: OwnMethod | None
    warning: str  # what will go wrong at the next renewal, or that there is none


def lines_of(
    subscriptions: Iterable[Subscription], today: date, customer: Customer | None = None
) -> list[Line]:
    """Each of `subscriptions` in words; `customer` says what they charge by default."""
    return [
        Line(
            status=stripe_words(one.standing) or _("unknown"),
            tone=tone_of(one.standing),
            items=[(item.name, _cost(item)) for item in one.items] or [(one.id, "")],
            has_more_items=one.has_more_items,
            ahead=list(_ahead(one, today)),
            is_invoiced=one.is_live and one.is_invoiced,
            is_charging=one.is_live and not one.is_invoiced,
            method=_method(one.method, today) if one.method else None,
            warning=_warning(one, customer, today) if one.is_live else "",
        )
        for one in subscriptions
    ]


def _cost(item: SubscriptionItem) -> str:
    """`$38.00 every month (2 × $19.00)`, or as much of it as is known."""
    every = every_words(item.interval) if item.interval else ""
    if item.varies:
        cost = ", ".join(filter(None, (_("varies"), every)))
    elif item.total is None:
        cost = every
    else:
        cost = " ".join(filter(None, (money(item.total, item.currency), every)))
    return f"{cost} {_quantity(item)}".strip()


def _quantity(item: SubscriptionItem) -> str:
    """The quantity, with the unit price if that is in whole minor units; empty for one."""
    if item.quantity is None or item.quantity == 1:
        return ""
    count = count_words(item.quantity)
    if item.total is not None and item.amount is not None and _is_whole(item.amount):
        return f"({count} × {money(int(item.amount), item.currency)})"
    return _("(quantity %(count)s)") % {"count": count}


def _is_whole(amount: Decimal) -> bool:
    return amount == amount.to_integral_value()


def _ahead(one: Subscription, today: date) -> Iterator[str]:
    if not one.is_live:
        if one.ended_at:
            yield _("ended on %(day)s") % {"day": day_words(one.ended_at)}
        return
    if one.trial_ends_at:
        yield _("on trial until %(day)s") % {"day": day_words(one.trial_ends_at)}
    if one.pause:
        yield pause_words(one.pause)
    if one.renews_at:
        words = _("renewal was due on %(day)s"), _("renews on %(day)s")
        yield _on(one.renews_at, today, *words)
    if one.ends_at:
        yield _on(one.ends_at, today, _("was to end on %(day)s"), _("ends on %(day)s"))
    elif one.cancel_at_period_end:
        yield _("does not renew")
    elif one.current_period_end and not (one.renews_at or one.pause):
        yield _("this period until %(day)s") % {"day": day_words(one.current_period_end)}


def _warning(one: Subscription, customer: Customer | None, today: date) -> str:
    if one.ends_at and not one.renews_at:
        return _("Does not renew")
    last_day = expiry_before_renewal(one, customer.expires_on if customer else None)
    if last_day:
        is_past = last_day < today
        words = _("Card expired on %(day)s") if is_past else _("Card expires before, on %(day)s")
        return words % {"day": day_words(last_day)}
    is_charging = one.renews_at and not one.is_invoiced and not one.method
    if is_charging and customer and customer.state == Customer.State.NONE:
        return _("No payment method for it")
    return ""


def _on(at: datetime, today: date, past: str, ahead: str) -> str:
    is_past = day_of(at) < today
    return (past if is_past else ahead) % {"day": day_words(at)}


def _method(method: NamedMethod, today: date) -> OwnMethod:
    details = method.details
    if details is None:
        return OwnMethod(_("%(method)s, details unavailable") % {"method": isolated(method.id)})
    if details.kind != CARD:
        facts = {"state": details.kind, "last4": details.last4, "method_type": details.type}
        return OwnMethod(method_words(facts | {"brand": ""}))
    last_day = details.expires_on
    if last_day is None:
        return OwnMethod(f"{_card(details)}, {expiry_words(None, today)}")
    words = f"{_card(details)}, {last_day:%m/%Y}"
    if last_day > warned_until(today):
        return OwnMethod(words)
    tone = "bad" if last_day < today else "warn"
    return OwnMethod(words, expiry_words(last_day, today), tone)


def _card(details: PaymentMethod) -> str:
    card = card_words(details.brand, details.last4)
    wallet = wallet_words(details.wallet, details.dynamic_last4)
    return f"{card} ({wallet})" if wallet else card
