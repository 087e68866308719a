"""The worklists: which organizations need attention today, each defined once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy, ngettext

from customers.models import Customer
from customers.services.access.visible import changed_since_looked
from customers.services.cases.standing import is_assigned_to_or_mentions
from customers.services.cases.to_do import TO_DO_BY_KEY
from customers.services.watching.watches import is_watched
from customers.services.wording.expiry import end_of_month, today, warned_until


@dataclass(frozen=True, slots=True)
class Worklist:
    key: str  # in URLs and on the command line
    label: Promise | str
    help: Promise
    tone: str  # "bad", "warn" or "plain"
    # Applies to rows of visible_customers.
    condition: Callable[[AbstractBaseUser, date], Q]
    since: str  # the column that tells since when a customer is on it, in its order
    group: str  # of GROUPS
    # Its order unless a URL names another, the most urgent first.
    sort: str = "renewal"


def _expires_within() -> str:
    days = settings.EXPIRY_WARNING_DAYS
    return ngettext("Expires within %(days)s day", "Expires within %(days)s days", days) % {
        "days": days
    }


_expires_within_lazy = lazy(_expires_within, str)


# The groups of the rail, in its order.
GROUPS: dict[str, Promise] = {
    "to_do": gettext_lazy("To do"),
    "to_check": gettext_lazy("To check"),
    "info": gettext_lazy("Info"),
}


def _to_do(key: str) -> Callable[[AbstractBaseUser, date], Q]:
    """The condition of a to-do list, which also opens cases."""
    return lambda user, day: TO_DO_BY_KEY[key].condition(day)


WORKLISTS = (
    Worklist(
        "delinquent",
        gettext_lazy("Delinquent"),
        gettext_lazy("The latest charge for the latest invoice failed."),
        "bad",
        _to_do("delinquent"),
        "delinquent_since",
        "to_do",
    ),
    Worklist(
        "expired",
        gettext_lazy("Card expired"),
        gettext_lazy("The last day of the card's month has passed."),
        "bad",
        _to_do("expired"),
        "expires_on",
        "to_do",
    ),
    Worklist(
        "expires-this-month",
        gettext_lazy("Expires this month"),
        gettext_lazy("Valid through the last day of this month."),
        "warn",
        lambda user, day: Q(expires_on=end_of_month(day)),
        "expires_on",
        "info",
        sort="since",
    ),
    Worklist(
        "expiring",
        _expires_within_lazy(),
        gettext_lazy("Still valid today."),
        "warn",
        lambda user, day: Q(expires_on__range=(day, warned_until(day))),
        "expires_on",
        "info",
        sort="since",
    ),
    Worklist(
        "no-payment-method",
        gettext_lazy("No payment method"),
        gettext_lazy("Nothing is on file, so nothing can be charged."),
        "plain",
        _to_do("no-payment-method"),
        "state_since",
        "to_do",
    ),
    Worklist(
        "could-not-check",
        gettext_lazy("Last check failed"),
        gettext_lazy("Showing the last known state."),
        "plain",
        lambda user, day: ~Q(last_error_code=""),
        "failing_since",
        "to_check",
        sort="since",
    ),
    Worklist(
        "expires-before-renewal",
        gettext_lazy("Expires before renewal"),
        gettext_lazy("The card that the next renewal charges will have expired by then."),
        "warn",
        _to_do("expires-before-renewal"),
        "charged_renews_on",
        "to_do",
    ),
    Worklist(
        "first-payment-outstanding",
        gettext_lazy("First payment outstanding"),
        gettext_lazy("A new subscription is waiting for its first payment."),
        "warn",
        _to_do("first-payment-outstanding"),
        "first_payment_since",
        "to_do",
        sort="since",
    ),
    Worklist(
        "details-not-sent",
        gettext_lazy("Card details unavailable"),
        gettext_lazy("Catalyze names a default payment method but did not send its details."),
        "plain",
        lambda user, day: Q(state=Customer.State.DETAILS_NOT_SENT),
        "state_since",
        "to_check",
    ),
    Worklist(
        "changed",
        gettext_lazy("Changed since you opened it"),
        gettext_lazy("Something has changed since you last opened the organization’s page."),
        "plain",
        lambda user, day: changed_since_looked(user),
        "changed_for_user",
        "to_check",
        sort="-since",
    ),
    Worklist(
        "unclear",
        gettext_lazy("Can’t tell"),
        gettext_lazy("Payment methods without a default, or not enough information from Catalyze."),
        "plain",
        lambda user, day: Q(state__in=(Customer.State.UNLISTED, Customer.State.UNKNOWN)),
        "state_since",
        "to_check",
    ),
    Worklist(
        "by-invoice",
        gettext_lazy("Billed by invoice"),
        gettext_lazy("Invoices are sent to be paid, so no payment method is needed."),
        "plain",
        lambda user, day: Q(state=Customer.State.INVOICE),
        "state_since",
        "info",
    ),
    Worklist(
        "deleted",
        gettext_lazy("Deleted"),
        gettext_lazy("The Stripe customer was deleted."),
        "plain",
        lambda user, day: Q(state=Customer.State.DELETED),
        "state_since",
        "info",
        sort="-since",
    ),
    Worklist(
        "mine",
        gettext_lazy("Mine"),
        gettext_lazy("Open cases that you own, and notes that mention you."),
        "plain",
        is_assigned_to_or_mentions,
        "changed_for_user",
        "info",
        sort="-since",
    ),
    Worklist(
        "watched",
        gettext_lazy("Watched"),
        gettext_lazy("Organizations that you watch."),
        "plain",
        lambda user, day: is_watched(user),
        "changed_for_user",
        "info",
        sort="-since",
    ),
)
BY_KEY = {worklist.key: worklist for worklist in WORKLISTS}
_COMPARES_COLUMNS = "expires-before-renewal"
_ALL = 2**31  # any limit keeps PostgreSQL from joining before it


def holds_expiry(key: str, last_day: date) -> bool:
    """Whether a card that expires on `last_day` is on this worklist, one of the three by expiry."""
    day = today()
    if key == "expired":
        return last_day < day
    if key == "expires-this-month":
        return last_day == end_of_month(day)
    return day <= last_day <= warned_until(day)


def narrow(user: AbstractBaseUser, customers: QuerySet[Customer], key: str) -> QuerySet[Customer]:
    """Those of `customers` on the worklist; all for an empty key. KeyError if it is unknown."""
    return customers.filter(BY_KEY[key].condition(user, today())) if key else customers


def narrow_to_count(
    user: AbstractBaseUser, customers: QuerySet[Customer], key: str, day: date
) -> QuerySet[Customer]:
    """The same for a count, as of `day`. PostgreSQL guesses that a comparison of two columns holds
    for a third of all rows; so its few keys are found first, by an index alone."""
    if not key:
        return customers
    condition = BY_KEY[key].condition(user, day)
    if key != _COMPARES_COLUMNS or connection.vendor != "postgresql":
        return customers.filter(condition)
    keys = Customer.objects.filter(condition).order_by().values("pk")[:_ALL]
    return customers.filter(pk__in=keys)
