"""The rows of a list in words, which many rows share and which are worked out once for them."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any

from django.contrib.auth.models import User
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _

from customers.dashboard.marks import mark_of
from customers.models import Customer
from customers.services import history, sentences, summary, words
from customers.services.shared_cards import Shared
from customers.services.since import since_words
from customers.services.worklists import Worklist, today

_NOTHING = {Customer.State.NONE, Customer.State.DELETED}
# Of these the state says all that there is to say of the method.
_SAID_BY_STATE = {
    Customer.State.DETAILS_NOT_SENT,
    Customer.State.UNLISTED,
    Customer.State.UNKNOWN,
    *_NOTHING,
}


def rows(
    user: User,
    customers: Iterable[Customer],
    whys: Iterable[list[str]],
    shared: dict[int, Shared],
    worklist: Worklist | None,
) -> Iterator[dict[str, Any]]:
    """What a list shows of each of `customers`, by the names that its template reads.

    Done here and not in the template, which would work out each word of each of fifty rows anew.
    """
    day, now = today(), timezone.now()
    badges = _once(
        lambda row: summary.badges(row, day),
        lambda row: (_STANDING(row), summary.expiry_tone(row, day)),
    )
    method = _once(_method, attrgetter("state", "brand", "last4", "method_type"))
    mark = _once(_mark, attrgetter("state", "brand"))
    expiry = _once(_expiry, attrgetter("state", "expires_on", "exp_month", "exp_year"))
    failure = _once(lambda row: sentences.said(row.last_error), attrgetter("last_error"))
    whose = _once(lambda row: _whose(row, user), attrgetter("checked_with_id"))
    moment, select = cache(words.moment_words), _("Select %(organization)s")
    for customer, why in zip(customers, whys, strict=True):
        organization, at = customer.organization, customer.checked_at
        yield {
            "org_id": organization.org_id,
            "name": str(organization),
            "select": select % {"organization": organization},
            "url": organization.get_absolute_url(),
            "email": customer.email,
            "why": why,
            "badges": badges(customer),
            "failure": failure(customer) if customer.last_error else "",
            "mark": mark(customer),
            "method": method(customer),
            "pays": "pays nothing" if customer.state in _SAID_BY_STATE else "pays",
            "shared": shared.get(customer.pk),
            "expiry": expiry(customer),
            "expires": "expiry" if customer.state == Customer.State.CARD else "expiry nothing",
            "since": since_words(customer, worklist) if worklist else "",
            "delinquent": customer.delinquent,
            "balance": _balance(customer),
            "owes": "number" if customer.balance else "number nothing",
            "moment": moment(at.replace(second=0, microsecond=0)) if at else _("never"),
            "ago": words.age_words(now - at) if at else _("never"),
            "whose": whose(customer),
        }


def _once(
    say: Callable[[Customer], Any], alike: Callable[[Customer], Any]
) -> Callable[[Customer], Any]:
    """`say`, worked out once for all customers that are `alike`."""
    said = dict[Any, Any]()

    def of(customer: Customer) -> Any:
        facts = alike(customer)
        if facts not in said:
            said[facts] = say(customer)
        return said[facts]

    return of


# What the badges of a customer tell, beside how its expiry stands: see services/summary.py.
_STANDING = attrgetter(
    "state",
    "delinquent",
    "subscription_status",
    "cvc_check",
    "address_line1_check",
    "address_zip_check",
)


def _method(customer: Customer) -> str:
    if customer.state in _NOTHING:
        return "–"
    facts = {name: getattr(customer, name) for name in ("state", "brand", "last4", "method_type")}
    return history.method_words(facts)


def _mark(customer: Customer) -> str:
    """The address of the drawing of the card's brand; nothing without a card."""
    if customer.state != Customer.State.CARD:
        return ""
    return f"{static('icons/cards.svg')}#{mark_of(customer.brand)}"


def _expiry(customer: Customer) -> str:
    if customer.state != Customer.State.CARD:
        return "–"
    if customer.expires_on is None:
        return _("unknown")
    return f"{customer.exp_month:02}/{customer.exp_year}"


def _balance(customer: Customer) -> str:
    if not customer.balance:
        return _("unknown") if customer.balance is None else "–"
    return words.balance_words(customer.balance, customer.currency)


def _whose(customer: Customer, user: User) -> str:
    """With whose credentials it was checked."""
    if customer.checked_with_id == user.pk:
        return _("with yours")
    if customer.checked_with is None:
        return _("with a former user’s")
    return _("with %(name)s’s") % {"name": customer.checked_with}
