"""Find what a customer is charged on, in every Stripe era. Pure.

The default is named by, newest first: `invoice_settings.default_payment_method`,
`default_source` (since 2015-02-18), `default_card` (2013-07-05), `active_card` (before). Since
2020-08-27 lists and details are sent only when asked for, so that an answer may well name a
default and not describe it. Where the customer names none, a subscription may: Stripe Checkout
leaves the method there.
"""

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
    """What an answer says about a customer's payment method."""

    CARD = "card"
    BANK_ACCOUNT = "bank_account"
    OTHER = "other"
    DETAILS_NOT_SENT = "details_not_sent"  # a default is named, but not described
    UNLISTED = "unlisted"  # methods are listed, but none is the default
    INVOICE = "invoice"  # nothing is on file, and nothing has to be: invoices are sent
    NONE = "none"
    UNKNOWN = "unknown"  # neither a default nor a list: the answer cannot tell
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class DefaultMethod:
    """What is charged and what is listed beside it."""

    state: CustomerState
    default_id: str
    payment_method: PaymentMethod | None
    is_named_by_subscription: bool  # and not by the customer
    other_methods: tuple[PaymentMethod, ...]
    has_more_methods: bool


def find_default_method(
    customer: dict[str, object], subscriptions: Sequence[Subscription] = ()
) -> DefaultMethod:
    """The default's details come from the default itself, never from another method."""
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
    """A default card may be described by the `active_card` of before."""
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
    if not _says_none(customer):
        return CustomerState.UNKNOWN
    return CustomerState.INVOICE if _is_invoiced(customer, subscriptions) else CustomerState.NONE


def _is_invoiced(customer: dict[str, object], subscriptions: Sequence[Subscription]) -> bool:
    """Whether every live subscription is billed by sent invoices, and there is one."""
    live = [one.is_invoiced for one in subscriptions if one.is_live]
    return bool(live) and all(live) and not goes_on(customer.get("subscriptions"))


def _says_none(customer: dict[str, object]) -> bool:
    """An empty list says so, unless it goes on; before lists, a null `active_card` said so."""
    if _has_more(customer):
        return False
    has_list = any(items(customer.get(key)) is not None for key in LIST_KEYS)
    return has_list or ("active_card" in customer and is_null(customer["active_card"]))


def _has_more(customer: dict[str, object]) -> bool:
    return any(goes_on(customer.get(key)) for key in LIST_KEYS)


def _others(listed: Objects, named: NamedMethod | None) -> tuple[PaymentMethod, ...]:
    """What is listed and not the default, once: after 2015-02-18 `cards` repeats `sources`."""
    others: dict[object, PaymentMethod] = {}
    for place, item in enumerate(listed):
        method = read_payment_method(item)
        if not (named and method.id and method.id == named.id):
            others.setdefault(method.id or place, method)
    return tuple(others.values())
