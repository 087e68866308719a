"""Find what a customer is charged on by default, in every Stripe era. Pure.

The default is named by, newest first: `invoice_settings.default_payment_method`,
`default_source` (since 2015-02-18), `default_card` (2013-07-05), `active_card` (before). Since
2020-08-27 lists and details are sent only when asked for, so that an answer may well name a
default and not describe it.
"""

import enum
from collections.abc import Iterator
from dataclasses import dataclass, replace

from customers.upstream.payment_method import PaymentMethod, read_payment_method
from customers.upstream.reading import LIST_LIMIT, items, mapping, objects, text, total_count

DEFAULT_KEYS = ("default_source", "default_card", "active_card")  # after invoice_settings
LIST_KEYS = ("sources", "cards", "payment_methods", "bank_accounts", "alipay_accounts")


class CustomerState(enum.StrEnum):
    """What an answer says about a customer's default payment method."""

    CARD = "card"
    BANK_ACCOUNT = "bank_account"
    OTHER = "other"
    DETAILS_NOT_SENT = "details_not_sent"  # a default is named, but not described
    UNLISTED = "unlisted"  # methods are listed, but none is the default
    NONE = "none"
    UNKNOWN = "unknown"  # neither a default nor a list: the answer cannot tell
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class DefaultMethod:
    """The default and what is listed beside it."""

    state: CustomerState
    default_id: str
    payment_method: PaymentMethod | None
    other_methods: tuple[PaymentMethod, ...]
    has_more_methods: bool


@dataclass(frozen=True, slots=True)
class _Named:
    """Where a default is named, and by what: an id or an expanded object."""

    key: str
    value: str | dict[str, object]

    @property
    def id(self) -> object:
        return self.value.get("id") if isinstance(self.value, dict) else self.value


def find_default_method(customer: dict[str, object]) -> DefaultMethod:
    """The default's details come from the default itself, never from another method."""
    named = _named_default(customer)
    listed = [item for key in LIST_KEYS for item in objects(customer.get(key)) if _is_method(item)]
    method = _described(customer, named, listed) if named else None
    return DefaultMethod(
        state=_state(customer, named, method, listed),
        default_id=text(named.id) if named else "",
        payment_method=method,
        other_methods=_others(listed, named),
        has_more_methods=_has_more(customer),
    )


def _named_default(customer: dict[str, object]) -> _Named | None:
    settings = mapping(customer.get("invoice_settings"))
    values = {"default_payment_method": settings.get("default_payment_method")}
    values |= {key: customer.get(key) for key in DEFAULT_KEYS}
    for key, value in values.items():
        if isinstance(value, str | dict) and value and not _is_null(value):
            return _Named(key, value)
    return None


def _is_null(value: object) -> bool:
    """Old records hold "" or the word "null" where JSON has null."""
    return value is None or (isinstance(value, str) and text(value).strip() in ("", "null"))


def _is_method(item: dict[str, object]) -> bool:
    """Whether a listed object is one: it has an id, or else something is said of it."""
    return text(item.get("id")) not in ("", "null") or read_payment_method(item).is_described


def _described(
    customer: dict[str, object], named: _Named, listed: list[dict[str, object]]
) -> PaymentMethod | None:
    """The default's first full description; None if all that was sent is which one it is."""
    for method in _descriptions(customer, named, listed):
        if method.is_described:
            return method if method.id else replace(method, id=text(named.id))
    return None


def _descriptions(
    customer: dict[str, object], named: _Named, listed: list[dict[str, object]]
) -> Iterator[PaymentMethod]:
    """Itself if it is expanded, the listed item of its id, or `active_card` for a default card."""
    if isinstance(named.value, dict):
        yield read_payment_method(named.value, is_active_card=named.key == "active_card")
    for item in listed:
        if _is_same(item, named):
            yield read_payment_method(item)
    if named.key == "default_card":
        active = mapping(customer.get("active_card"))
        if _is_null(active.get("id")) or _is_same(active, named):
            yield read_payment_method(active, is_active_card=True)


def _is_same(item: dict[str, object], named: _Named) -> bool:
    return not _is_null(named.id) and item.get("id") == named.id


def _state(
    customer: dict[str, object],
    named: _Named | None,
    method: PaymentMethod | None,
    listed: list[dict[str, object]],
) -> CustomerState:
    if method:
        return CustomerState(method.kind)
    if named:
        return CustomerState.DETAILS_NOT_SENT
    if listed:
        return CustomerState.UNLISTED
    return CustomerState.NONE if _says_none(customer) else CustomerState.UNKNOWN


def _says_none(customer: dict[str, object]) -> bool:
    """An empty list says so, unless it goes on; before lists, a null `active_card` said so."""
    if _has_more(customer):
        return False
    has_list = any(items(customer.get(key)) is not None for key in LIST_KEYS)
    return has_list or ("active_card" in customer and _is_null(customer["active_card"]))


def _has_more(customer: dict[str, object]) -> bool:
    return any(_goes_on(customer.get(key)) for key in LIST_KEYS)


def _goes_on(value: object) -> bool:
    """Whether a list has items that were not sent or not read; Stripe sends ten unless asked."""
    read = items(value)
    if read is None:
        return False
    sent = mapping(value).get("data", value)
    is_cut = isinstance(sent, list) and len(sent) > LIST_LIMIT
    return is_cut or mapping(value).get("has_more") is True or (total_count(value) or 0) > len(read)


def _others(listed: list[dict[str, object]], named: _Named | None) -> tuple[PaymentMethod, ...]:
    """What is listed and not the default, once: after 2015-02-18 `cards` repeats `sources`."""
    others: dict[object, PaymentMethod] = {}
    for place, item in enumerate(listed):
        if not (named and _is_same(item, named)):
            method = read_payment_method(item)
            others.setdefault(method.id or place, method)
    return tuple(others.values())
