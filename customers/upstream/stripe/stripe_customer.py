"""Parse a Stripe Customer payload of any API version."""

from dataclasses import dataclass
from datetime import datetime

from customers.upstream.errors import InvalidAnswer
from customers.upstream.reading import (
    LONG_TEXT_LIMIT,
    WORD_LIMIT,
    boolean,
    integer,
    is_integer,
    items,
    mapping,
    text,
    unix_time,
    word,
)
from customers.upstream.stripe.default_method import CustomerState, find_default_method
from customers.upstream.stripe.discount import Discount, read_discount
from customers.upstream.stripe.known_methods import DEFAULT_KEYS, LIST_KEYS
from customers.upstream.stripe.payment_method import PaymentMethod
from customers.upstream.stripe.subscription import (
    Subscription,
    count_subscriptions,
    next_renewal,
    read_subscriptions,
    worst_status,
)

_MOST_LOCALES = 5
_PAYMENT_KEYS = frozenset({"invoice_settings", *DEFAULT_KEYS, *LIST_KEYS})


@dataclass(frozen=True, slots=True)
class StripeCustomer:
    id: str = ""
    state: CustomerState = CustomerState.UNKNOWN
    default_id: str = ""
    payment_method: PaymentMethod | None = None
    is_named_by_subscription: bool = False
    other_methods: tuple[PaymentMethod, ...] = ()
    has_more_methods: bool = False
    created: datetime | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    address_country: str = ""
    tax_exempt: str = ""
    preferred_locales: tuple[str, ...] = ()  # most preferred first
    description: str = ""
    currency: str = ""
    balance: int | None = None
    delinquent: bool | None = None
    livemode: bool | None = None
    discount: Discount | None = None
    subscriptions: tuple[Subscription, ...] = ()
    subscription_count: int | None = None

    @property
    def worst_subscription_status(self) -> str:
        return worst_status(self.subscriptions)

    @property
    def next_renewal(self) -> datetime | None:
        return next_renewal(self.subscriptions)


NOT_SET_UP = StripeCustomer(state=CustomerState.NONE)  # the customer of a 400 "not set up"


def parse_customer(payload: object) -> StripeCustomer:
    """Raises InvalidAnswer."""
    customer = _customer_object(payload)
    if customer.get("deleted") is True:
        return StripeCustomer(id=text(customer.get("id")), state=CustomerState.DELETED)
    return _read_customer(customer)


def _customer_object(payload: object) -> dict[str, object]:
    """Many relays drop `object`."""
    if not isinstance(payload, dict):
        raise InvalidAnswer("customer_not_an_object")
    if "object" in payload:
        if payload["object"] != "customer":
            raise InvalidAnswer("not_a_customer")
    elif payload.get("deleted") is not True and not _looks_like_a_customer(payload):
        raise InvalidAnswer("customer_not_recognized")
    return payload


def _looks_like_a_customer(payload: dict[str, object]) -> bool:
    customer_id = text(payload.get("id"))
    if customer_id.startswith("cus_"):
        return True
    return customer_id != "" and not _PAYMENT_KEYS.isdisjoint(payload)


def _read_customer(customer: dict[str, object]) -> StripeCustomer:
    subscriptions = read_subscriptions(customer)
    default = find_default_method(customer, subscriptions)
    return StripeCustomer(
        id=text(customer.get("id")),
        state=default.state,
        default_id=default.default_id,
        payment_method=default.payment_method,
        is_named_by_subscription=default.is_named_by_subscription,
        other_methods=default.other_methods,
        has_more_methods=default.has_more_methods,
        created=unix_time(customer.get("created")),
        name=text(customer.get("name"), LONG_TEXT_LIMIT),
        email=text(customer.get("email")),
        phone=text(customer.get("phone")),
        address_country=text(mapping(customer.get("address")).get("country"), WORD_LIMIT),
        tax_exempt=word(customer.get("tax_exempt")),
        preferred_locales=_locales(customer),
        description=text(customer.get("description"), LONG_TEXT_LIMIT),
        currency=word(customer.get("currency")),
        balance=_balance(customer),
        delinquent=boolean(customer.get("delinquent")),
        livemode=boolean(customer.get("livemode")),
        discount=read_discount(customer),
        subscriptions=subscriptions,
        subscription_count=count_subscriptions(customer, len(subscriptions)),
    )


def _locales(customer: dict[str, object]) -> tuple[str, ...]:
    """As many as fit into one column."""
    locales = items(customer.get("preferred_locales")) or []
    return tuple(filter(None, (text(locale, WORD_LIMIT) for locale in locales)))[:_MOST_LOCALES]


def _balance(customer: dict[str, object]) -> int | None:
    """`balance`, or `account_balance` before 2019-10-17."""
    balance = customer.get("balance")
    return integer(balance if is_integer(balance) else customer.get("account_balance"))
