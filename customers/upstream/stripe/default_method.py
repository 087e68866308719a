"""Find a customer's default payment method in payloads of any API version.
Since 2020-08-27 details are sent only on request, so a default may be named but not described. If
the customer names none, a subscription may: Stripe Checkout saves it there."""

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from customers.upstream.reading import goes_on, items, mapping
from customers.upstream.stripe.known_methods import (
    LIST_KEYS,
    NamedMethod,
    Objects,
    Reference,
    default_reference,
    is_null,
    listed_methods,
    methods_sent,
    named_method,
)
from customers.upstream.stripe.payment_method import PaymentMethod, read_payment_method
from customers.upstream.stripe.subscription import Subscription, next_charged_method


class CustomerState(enum.StrEnum):
    CARD = "card"
    BANK_ACCOUNT = "bank_account"
    OTHER = "other"
    DETAILS_NOT_SENT = "details_not_sent"  # a default is named but not described
    UNLISTED = "unlisted"  # methods are listed, but none is the default
    INVOICE = "invoice"  # no method on file and none needed: invoices are sent
    NONE = "none"
    UNKNOWN = "unknown"  # the answer has neither a default nor a list
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class DefaultMethod:
    state: CustomerState
    default_id: str
    payment_method: PaymentMethod | None
    is_named_by_subscription: bool  # rather than by the customer
    other_methods: tuple[PaymentMethod, ...]
    has_more_methods: bool


def find_default_method(
    customer: dict[str, object], subscriptions: Sequence[Subscription] = ()
) -> DefaultMethod:
    default = _default(customer)
    named = default or next_charged_method(subscriptions)
    listed = listed_methods(customer)
    return DefaultMethod(
        state=_state(customer, named, listed, subscriptions),
        default_id=named.id if named else "",
        payment_method=named.details if named else None,
        is_named_by_subscription=bool(named and not default),
        other_methods=_others(listed, named),
        has_more_methods=_has_more(customer),
    )


def _default(customer: dict[str, object]) -> NamedMethod | None:
    reference = default_reference(customer)
    if reference is None:
        return None
    return named_method(reference, methods_sent(customer), _embedded(customer, reference))


def _embedded(customer: dict[str, object], reference: Reference) -> Iterator[PaymentMethod]:
    """`active_card` may still describe the `default_card`."""
    active = mapping(customer.get("active_card"))
    if reference.key == "default_card" and (is_null(active.get("id")) or reference.is_to(active)):
        yield read_payment_method(active, is_active_card=True)


def _state(
    customer: dict[str, object],
    named: NamedMethod | None,
    listed: Objects,
    subscriptions: Sequence[Subscription],
) -> CustomerState:
    if named:
        details = named.details
        return CustomerState(details.kind) if details else CustomerState.DETAILS_NOT_SENT
    if listed:
        return CustomerState.UNLISTED
    if not _has_no_methods(customer):
        return CustomerState.UNKNOWN
    return CustomerState.INVOICE if _is_invoiced(customer, subscriptions) else CustomerState.NONE


def _is_invoiced(customer: dict[str, object], subscriptions: Sequence[Subscription]) -> bool:
    live = [one.is_invoiced for one in subscriptions if one.is_live]
    return bool(live) and all(live) and not goes_on(customer.get("subscriptions"))


def _has_no_methods(customer: dict[str, object]) -> bool:
    if _has_more(customer):
        return False
    has_list = any(items(customer.get(key)) is not None for key in LIST_KEYS)
    # Before there were lists, a null `active_card` meant none.
    return has_list or ("active_card" in customer and is_null(customer["active_card"]))


def _has_more(customer: dict[str, object]) -> bool:
    return any(goes_on(customer.get(key)) for key in LIST_KEYS)


def _others(listed: Objects, named: NamedMethod | None) -> tuple[PaymentMethod, ...]:
    """Deduplicated: `cards` repeats `sources` after 2015-02-18."""
    others: dict[object, PaymentMethod] = {}
    for place, item in enumerate(listed):
        method = read_payment_method(item)
        if not (named and method.id and method.id == named.id):
            others.setdefault(method.id or place, method)
    return tuple(others.values())
