"""Collect the payment methods in a customer payload: listed, expanded, or named by id."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from customers.upstream.reading import mapping, objects, text
from customers.upstream.stripe.payment_method import PaymentMethod, read_payment_method

# Newest first, after invoice_settings: since 2015-02-18, since 2013-07-05, before.
DEFAULT_KEYS = ("default_source", "default_card", "active_card")
LIST_KEYS = ("sources", "cards", "payment_methods", "bank_accounts", "alipay_accounts")
# Keys for a subscription's own method, highest precedence first.
OWN_KEYS = ("default_payment_method", "default_source")

Objects = list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class NamedMethod:
    id: str
    details: PaymentMethod | None


@dataclass(frozen=True, slots=True)
class Reference:
    key: str
    value: str | dict[str, object]

    @property
    def id(self) -> object:
        return self.value.get("id") if isinstance(self.value, dict) else self.value

    def is_to(self, item: dict[str, object]) -> bool:
        return not is_null(self.id) and item.get("id") == self.id


def first_reference(values: Mapping[str, object]) -> Reference | None:
    for key, value in values.items():
        if isinstance(value, str | dict) and value and not is_null(value):
            return Reference(key, value)
    return None


def default_reference(customer: dict[str, object]) -> Reference | None:
    settings = mapping(customer.get("invoice_settings"))
    values = {"default_payment_method": settings.get("default_payment_method")}
    return first_reference(values | {key: customer.get(key) for key in DEFAULT_KEYS})


def own_reference(subscription: dict[str, object]) -> Reference | None:
    return first_reference({key: subscription.get(key) for key in OWN_KEYS})


def is_null(value: object) -> bool:
    """Old records use "" or "null" for null."""
    return value is None or (isinstance(value, str) and text(value) in ("", "null"))


def listed_methods(customer: dict[str, object]) -> Objects:
    return [item for key in LIST_KEYS for item in objects(customer.get(key)) if _is_method(item)]


def subscription_objects(customer: dict[str, object]) -> Objects:
    """`subscriptions`, or the single `subscription` before 2014-01-31."""
    return [*objects(customer.get("subscriptions")), *objects([customer.get("subscription")])]


def methods_sent(customer: dict[str, object]) -> Objects:
    references = [default_reference(customer)]
    references += [own_reference(sent) for sent in subscription_objects(customer)]
    expanded = [one.value for one in references if one and isinstance(one.value, dict)]
    return [*listed_methods(customer), *expanded]


def named_method(
    reference: Reference, sent: Objects, embedded: Iterable[PaymentMethod] = ()
) -> NamedMethod:
    for method in (*_descriptions(reference, sent), *embedded):
        if method.is_described:
            return NamedMethod(text(reference.id), replace(method, id=text(reference.id)))
    return NamedMethod(text(reference.id), None)


def _descriptions(reference: Reference, sent: Objects) -> Iterator[PaymentMethod]:
    if isinstance(reference.value, dict):
        yield read_payment_method(reference.value, is_active_card=reference.key == "active_card")
    for item in sent:
        if reference.is_to(item):
            yield read_payment_method(item)


def _is_method(item: dict[str, object]) -> bool:
    return text(item.get("id")) not in ("", "null") or read_payment_method(item).is_described
