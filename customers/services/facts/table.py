"""All facts about a customer that the portal reads from an answer.
Storing, `reparse`, history, filters, orders and panels follow from a row; exports do not."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from customers.services.facts.fact import Fact, History
from customers.services.wording.fact_words import (
    check_words,
    country_words,
    date_words,
    delinquency_words,
    languages_words,
    mode_words,
    wallet_words,
    words_among,
)
from customers.services.wording.formats import balance_words, stripe_words
from customers.upstream.stripe.payment_method import PaymentMethod
from customers.upstream.stripe.stripe_customer import StripeCustomer

_NO_METHOD = PaymentMethod()


def _of_method(name: str) -> Callable[[StripeCustomer], Any]:
    return lambda stripe: getattr(stripe.payment_method or _NO_METHOD, name)


FACTS = (
    Fact(
        "state",
        _("state"),
        lambda stripe: stripe.state.value,
        lambda value: str(Customer.State(value).label),
        history=History.METHOD,
        is_column=True,
    ),
    Fact(
        "customer_id", _("Stripe customer"), attrgetter("id"), history=History.VALUE, is_column=True
    ),
    Fact(
        "default_id", _("default payment method"), attrgetter("default_id"), history=History.METHOD
    ),
    Fact("method_type", _("method type"), _of_method("type"), stripe_words, history=History.DETAIL),
    Fact(
        "brand",
        _("brand"),
        _of_method("brand"),
        history=History.METHOD,
        is_filter=True,
        is_column=True,
    ),
    Fact(
        "last4", _("last four digits"), _of_method("last4"), history=History.METHOD, is_column=True
    ),
    Fact(
        "wallet",
        _("wallet"),
        _of_method("wallet"),
        wallet_words,
        beside=("dynamic_last4",),
        history=History.DETAIL,
        is_filter=True,
        is_column=True,
        panel="method",
    ),
    Fact(
        "dynamic_last4",
        _("last four digits of the wallet’s number"),
        _of_method("dynamic_last4"),
        is_column=True,
    ),
    Fact(
        "exp_month",
        _("expiry month"),
        _of_method("exp_month"),
        history=History.EXPIRY,
        is_column=True,
    ),
    Fact(
        "exp_year", _("expiry year"), _of_method("exp_year"), history=History.EXPIRY, is_column=True
    ),
    Fact(
        "expires_on",
        _("expiry"),
        _of_method("expires_on"),
        date_words,
        sorts=(("expiry", _("Expiry, soonest")), ("-expiry", _("Expiry, latest"))),
        is_column=True,
    ),
    Fact(
        "funding",
        _("funding"),
        _of_method("funding"),
        stripe_words,
        history=History.DETAIL,
        is_filter=True,
        is_column=True,
    ),
    Fact(
        "country",
        _("country"),
        _of_method("country"),
        history=History.DETAIL,
        is_filter=True,
        is_column=True,
    ),
    Fact("cvc_check", _("CVC check"), _of_method("cvc_check"), check_words),
    Fact("address_line1_check", _("address check"), _of_method("address_line1_check"), check_words),
    Fact("address_zip_check", _("postcode check"), _of_method("address_zip_check"), check_words),
    Fact(
        "delinquent",
        _("delinquency"),
        attrgetter("delinquent"),
        delinquency_words,
        history=History.DELINQUENCY,
        is_column=True,
    ),
    Fact(
        "balance",
        _("balance"),
        attrgetter("balance"),
        balance_words,
        beside=("currency",),
        history=History.BALANCE,
        sorts=(("-balance", _("Balance, owed most")), ("balance", _("Balance, most credit"))),
        is_column=True,
    ),
    Fact(
        "currency",
        _("currency"),
        lambda stripe: stripe.currency.lower(),
        str.upper,
        history=History.BALANCE,
        is_filter=True,
        is_column=True,
    ),
    Fact(
        "livemode",
        _("mode"),
        attrgetter("livemode"),
        mode_words,
        history=History.DETAIL,
        is_column=True,
    ),
    Fact("email", _("e-mail"), attrgetter("email"), history=History.VALUE, is_column=True),
    Fact(
        "phone",
        _("phone"),
        attrgetter("phone"),
        history=History.VALUE,
        is_column=True,
        panel="account",
    ),
    Fact(
        "address_country",
        _("billing country"),
        attrgetter("address_country"),
        country_words,
        history=History.VALUE,
        is_column=True,
        panel="account",
    ),
    Fact(
        "tax_exempt",
        _("tax status"),
        attrgetter("tax_exempt"),
        words_among(
            {"none": _("taxable"), "exempt": _("tax exempt"), "reverse": _("reverse charge")}
        ),
        history=History.VALUE,
        is_filter=True,
        is_column=True,
        panel="account",
    ),
    Fact(
        "preferred_locales",
        _("preferred languages"),
        lambda stripe: ",".join(stripe.preferred_locales),
        languages_words,
        history=History.VALUE,
        is_column=True,
        panel="account",
    ),
    Fact(
        "description",
        _("description"),
        attrgetter("description"),
        history=History.DETAIL,
        panel="account",
    ),
    Fact(
        "subscription_count",
        _("subscriptions"),
        attrgetter("subscription_count"),
        history=History.SUBSCRIPTIONS,
        is_column=True,
    ),
    Fact(
        "subscription_status",
        _("subscription status"),
        attrgetter("worst_subscription_status"),
        stripe_words,
        history=History.SUBSCRIPTIONS,
        is_column=True,
    ),
    Fact(
        "next_renewal",
        _("next renewal"),
        attrgetter("next_renewal"),
        date_words,
        sorts=(("renewal", _("Renewal, soonest")), ("-renewal", _("Renewal, latest"))),
        is_column=True,
    ),
)
BY_NAME = {fact.name: fact for fact in FACTS}


def listed_in(panel: str, customer: Customer) -> list[tuple[str, str]]:
    said = ((str(fact.label), fact.said(customer)) for fact in FACTS if fact.panel == panel)
    return [(label, words) for label, words in said if words]
