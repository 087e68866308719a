"""Why an organization is on the to-do lists, in a few words, and since when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from customers.models import Customer
from customers.services.access.sight import sight_of
from customers.services.cases.to_do import TO_DO
from customers.services.lists.listed_since import since_words
from customers.services.lists.worklists import BY_KEY
from customers.services.overview.on_lists import IS_ON
from customers.services.wording.expiry import day_of
from customers.services.wording.short_times import short_day

_BEFORE_RENEWAL = "expires-before-renewal"


@dataclass(frozen=True, slots=True)
class Why:
    worklist: str  # the worst to-do list that it is on; "" if there is nothing to do
    words: str
    since: str


def why(customer: Customer, day: date) -> Why:
    """`customer` is one of visible_customers, with its case."""
    on = [each.key for each in TO_DO if IS_ON[each.key](customer, day)]
    if not on:
        return Why("", _("Nothing left to do"), "–")
    words = ", ".join((_first(customer, on[0]), *_more(customer, on, day)))
    return Why(on[0], words, _since(customer, on[0]))


def _first(customer: Customer, key: str) -> str:
    if key == "delinquent":
        is_invoiced = customer.state == Customer.State.INVOICE
        return _("Invoice overdue") if is_invoiced else _("Charge failed")
    if key == _BEFORE_RENEWAL and customer.charged_expires_on:
        return _("Card valid to %(month)s") % {"month": f"{customer.charged_expires_on:%m/%y}"}
    return str(BY_KEY[key].label)


def _more(customer: Customer, on: list[str], day: date) -> Iterator[str]:
    if on[0] == "delinquent" and "expired" in on:
        yield _("card expired")
    if on[0] == "delinquent" and "no-payment-method" in on:
        yield _("no payment method")
    renewal = _renewal(customer, on[0])
    if renewal and renewal >= day:
        yield _("renews %(day)s") % {"day": short_day(renewal)}
    elif on[0] == _BEFORE_RENEWAL:
        yield _("renewal unknown")
    case = getattr(customer, "case", None)
    if case and case.snoozed_until:
        yield _("snooze ended")


def _renewal(customer: Customer, key: str) -> date | None:
    if key == _BEFORE_RENEWAL:
        return customer.charged_renews_on
    return day_of(customer.next_renewal) if customer.next_renewal else None


def _since(customer: Customer, key: str) -> str:
    if key != _BEFORE_RENEWAL:
        return since_words(customer, BY_KEY[key])
    seen_at = customer.charge_seen_at
    return short_day(seen_at) if seen_at and sight_of(customer).knows_past else "–"
