"""Payment methods, subscriptions and replies of one organization. None is unknown, never no."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from customers.api.answers.envelope import Answer
from customers.models import Customer
from customers.services.organizations.payload_details import details_of
from customers.services.organizations.replies import replies_for
from customers.services.wording.expiry import today
from customers.upstream.stripe.known_methods import NamedMethod
from customers.upstream.stripe.payment_method import PaymentMethod
from customers.upstream.stripe.subscription import Subscription
from customers.upstream.stripe.subscription_item import SubscriptionItem

_DESCRIBED = {Customer.State.CARD, Customer.State.BANK_ACCOUNT, Customer.State.OTHER}
_COLUMNS = (
    *("brand", "last4", "wallet", "dynamic_last4", "exp_month", "exp_year", "expires_on"),
    *("funding", "country", "cvc_check", "address_line1_check", "address_zip_check"),
)


def payment_parts(customer: Customer) -> Answer:
    """What the stored answer says beyond the columns of exports."""
    details = details_of(customer)
    charged = details.payment_method if details else None
    return {
        "payment_method": charged_method(customer, charged),
        "other_methods": [_method(each) for each in details.other_methods] if details else None,
        "subscriptions": _subscriptions(customer, details.subscriptions if details else ()),
        "reply": {reply.language: reply.text for reply in replies_for(customer, today())},
    }


def charged_method(customer: Customer, details: PaymentMethod | None = None) -> Answer | None:
    """What would be charged; None if the state says that it is not described, or that none is."""
    if customer.state not in _DESCRIBED:
        return None
    return {
        "id": _known(customer.default_id),
        "kind": customer.state,
        "type": _known(customer.method_type),
        **{name: _known(getattr(customer, name)) for name in _COLUMNS},
        "holder_name": _known(details.holder_name) if details else None,
        "bank_name": _known(details.bank_name) if details else None,
    }


def _method(method: PaymentMethod) -> Answer:
    names = ("id", "kind", "type", *_COLUMNS, "holder_name", "bank_name")
    return {name: _known(getattr(method, name)) for name in names}


def _subscriptions(customer: Customer, sent: Iterable[Subscription]) -> list[Answer] | None:
    if customer.subscription_count is None:
        return None
    return [_subscription(each) for each in sent]


def _subscription(one: Subscription) -> Answer:
    return {
        "id": _known(one.id),
        "status": _known(one.standing),
        "is_live": one.is_live,
        "is_invoiced": one.is_invoiced,
        "items": [_item(item) for item in one.items],
        "has_more_items": one.has_more_items,
        "current_period_end": _known(one.current_period_end),
        "renews_at": _known(one.renews_at),
        "trial_ends_at": _known(one.trial_ends_at),
        "ends_at": _known(one.ends_at),
        "ended_at": _known(one.ended_at),
        "pauses_until": _known(one.pause.resumes_at) if one.pause else None,
        "payment_method": _own_method(one.method) if one.method else None,
    }


def _own_method(named: NamedMethod) -> Answer:
    """The method that this subscription charges instead of the customer's; it may be named only."""
    return _method(named.details) if named.details else _method(PaymentMethod(id=named.id, kind=""))


def _item(item: SubscriptionItem) -> Answer:
    return {
        "name": _known(item.name),
        "quantity": item.quantity,
        "unit_amount": None if item.amount is None else str(item.amount),
        "total": item.total,
        "currency": _known(item.currency),
        "interval": _known(item.interval),
        "varies": item.varies,
    }


def _known(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return None if value == "" else value
