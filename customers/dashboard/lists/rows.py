"""The rows of a list in words, which many rows share and which are worked out once for them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from operator import attrgetter
from typing import Any

from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.dashboard.isolates import isolates
from customers.models import Customer
from customers.services.history import differences as history
from customers.services.lists.listed_since import since_words
from customers.services.lists.shared_cards import Shared
from customers.services.lists.worklists import Worklist
from customers.services.organizations import summary
from customers.services.search.match_reasons import Reasons
from customers.services.wording import formats as words
from customers.services.wording import messages as sentences
from customers.services.wording.expiry import today
from customers.services.wording.isolation import isolated

_MINUTE = timedelta(minutes=1)
# The class of a cell that a phone leaves out, for it says nothing.
_WITHOUT = " nothing"
_NOTHING = {Customer.State.INVOICE, Customer.State.NONE, Customer.State.DELETED}
# Of these the state says all that there is to say of the method.
_SAID_BY_STATE = {
    Customer.State.DETAILS_NOT_SENT,
    Customer.State.UNLISTED,
    Customer.State.UNKNOWN,
    *_NOTHING,
}


@dataclass(slots=True)
class Row:
    """One line of a list in words; what is empty is left out."""

    org_id: str
    name: str
    select: SafeString  # what its box is called by who hears the page
    url: str
    email: str
    why: list[SafeString]
    against: list[SafeString]
    state: str
    failure: str
    mark: str
    method: str
    pays: str  # the class of the method's cell
    shares: str
    expiry: str
    expires: str  # the class of its cell
    since: str
    delinquency: str
    balance: str
    owes: str  # the class of its cell
    moment: str
    ago: str
    whose: str


def rows(
    user: User,
    customers: Iterable[Customer],
    whys: Iterable[Reasons],
    shared: dict[int, Shared],
    worklist: Worklist | None,
) -> Iterator[Row]:
    """What a list shows of each of `customers`.

    What many rows share is worked out and escaped once for all of them.
    """
    day, now = today(), timezone.now()
    state = _once(
        lambda row: render_to_string("_partials/state.html", {"customer": row}),
        lambda row: (_STANDING(row), summary.expiry_tone(row, day)),
    )
    mark = _once(_mark, attrgetter("state", "brand"))
    method = _once(_method, attrgetter("state", "brand", "last4", "method_type"))
    expiry = _once(_expiry, attrgetter("state", "expires_on", "exp_month", "exp_year"))
    delinquency = _once(
        lambda row: render_to_string("_partials/delinquency.html", {"customer": row}),
        attrgetter("delinquent"),
    )
    failure = _once(lambda row: sentences.said(row.last_error), attrgetter("last_error"))
    whose = _once(lambda row: _whose(row, user), attrgetter("checked_with_id"))
    ago = cache(lambda minutes: escape(words.age_words(timedelta(minutes=minutes))))
    select = _("Select %(organization)s")
    shares = cache(_pays)
    for customer, why in zip(customers, whys, strict=True):
        organization, at = customer.organization, customer.checked_at
        name = str(organization)
        found = shared.get(customer.pk)
        yield Row(
            org_id=organization.org_id,
            name=name,
            select=isolates(select % {"organization": isolated(name)}),
            url=organization.get_absolute_url(),
            email=customer.email,
            why=[isolates(reason) for reason in why.fits],
            against=[isolates(reason) for reason in why.against],
            state=state(customer),
            failure=failure(customer) if customer.last_error_code else "",
            mark=mark(customer),
            method=method(customer),
            pays=_WITHOUT if customer.state in _SAID_BY_STATE else "",
            shares=shares(found) if found else "",
            expiry=expiry(customer),
            expires="" if customer.state == Customer.State.CARD else _WITHOUT,
            since=since_words(customer, worklist) if worklist else "",
            delinquency="" if worklist else delinquency(customer),
            balance=_balance(customer),
            owes="" if customer.balance else _WITHOUT,
            moment=words.moment_words(at) if at else _("never"),
            ago=ago((now - at) // _MINUTE) if at else _("never"),
            whose=whose(customer),
        )


def _once(
    say: Callable[[Customer], Any], alike: Callable[[Customer], Any]
) -> Callable[[Customer], Any]:
    """`say`, worked out and escaped once for all customers that are `alike`."""
    said = dict[Any, Any]()

    def of(customer: Customer) -> Any:
        facts = alike(customer)
        if facts not in said:
            said[facts] = conditional_escape(say(customer))
        return said[facts]

    return of


# What the badges of a customer tell, beside how its expiry stands: see the summary of services.
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
    return isolates(history.method_of(customer))


def _mark(customer: Customer) -> str:
    if customer.state != Customer.State.CARD:
        return ""
    return render_to_string("_partials/mark.html", {"brand": customer.brand})


def _pays(shared: Shared) -> str:
    if shared.is_capped:
        return _("pays for %(count)s+ organizations") % {"count": shared.count}
    return ngettext(
        "pays for %(count)s organization", "pays for %(count)s organizations", shared.count
    ) % {"count": shared.count}


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
        return _("with your session")
    if customer.checked_with is None:
        return _("with a former user’s session")
    return isolates(_("with %(name)s’s session") % {"name": isolated(str(customer.checked_with))})
