"""The worklists: which organizations need someone today, each defined once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy, ngettext

from customers.models import Customer
from customers.services.access.visible import changed_since_looked
from customers.services.wording.expiry import end_of_month, today, warned_until


@dataclass(frozen=True, slots=True)
class Worklist:
    key: str  # in URLs and on the command line
    label: Promise | str
    help: Promise
    tone: str  # "bad", "warn" or "plain"
    # On what visible_customers shows the user, that day.
    condition: Callable[[AbstractBaseUser, date], Q]
    since: str  # the column that tells since when a customer is on it, in its order


def _expires_within() -> str:
    days = settings.EXPIRY_WARNING_DAYS
    return ngettext("Expires within %(days)s day", "Expires within %(days)s days", days) % {
        "days": days
    }


_expires_within_lazy = lazy(_expires_within, str)


WORKLISTS = (
    Worklist(
        "delinquent",
        gettext_lazy("Delinquent"),
        gettext_lazy("The latest charge for the latest invoice failed."),
        "bad",
        lambda user, day: Q(delinquent=True),
        "delinquent_seen_at",
    ),
    Worklist(
        "expired",
        gettext_lazy("Card expired"),
        gettext_lazy("The last day of the card's month has passed."),
        "bad",
        lambda user, day: Q(expires_on__lt=day),
        "expires_on",
    ),
    Worklist(
        "expires-this-month",
        gettext_lazy("Expires this month"),
        gettext_lazy("Valid through the last day of this month."),
        "warn",
        lambda user, day: Q(expires_on=end_of_month(day)),
        "expires_on",
    ),
    Worklist(
        "expiring",
        _expires_within_lazy(),
        gettext_lazy("Still valid today."),
        "warn",
        lambda user, day: Q(expires_on__range=(day, warned_until(day))),
        "expires_on",
    ),
    Worklist(
        "no-payment-method",
        gettext_lazy("No payment method"),
        gettext_lazy("Nothing is on file, so nothing can be charged."),
        "plain",
        lambda user, day: Q(state=Customer.State.NONE),
        "state_since",
    ),
    Worklist(
        "could-not-check",
        gettext_lazy("Last check failed"),
        gettext_lazy("Showing the last known state."),
        "plain",
        lambda user, day: ~Q(last_error_code=""),
        "failing_since",
    ),
    Worklist(
        "details-not-sent",
        gettext_lazy("Card details unavailable"),
        gettext_lazy("Catalyze names a default payment method but did not send its details."),
        "plain",
        lambda user, day: Q(state=Customer.State.DETAILS_NOT_SENT),
        "state_since",
    ),
    Worklist(
        "changed",
        gettext_lazy("Changed since you opened it"),
        gettext_lazy("Something has changed since you last opened the organization’s page."),
        "plain",
        lambda user, day: changed_since_looked(user),
        "changed_for_user",
    ),
    Worklist(
        "unclear",
        gettext_lazy("Can’t tell"),
        gettext_lazy("Payment methods without a default, or not enough information from Catalyze."),
        "plain",
        lambda user, day: Q(state__in=(Customer.State.UNLISTED, Customer.State.UNKNOWN)),
        "state_since",
    ),
    Worklist(
        "by-invoice",
        gettext_lazy("Billed by invoice"),
        gettext_lazy("Invoices are sent to be paid, so no payment method is needed."),
        "plain",
        lambda user, day: Q(state=Customer.State.INVOICE),
        "state_since",
    ),
    Worklist(
        "deleted",
        gettext_lazy("Deleted"),
        gettext_lazy("The Stripe customer was deleted."),
        "plain",
        lambda user, day: Q(state=Customer.State.DELETED),
        "state_since",
    ),
)
BY_KEY = {worklist.key: worklist for worklist in WORKLISTS}


def holds_expiry(key: str, last_day: date) -> bool:
    """Whether a card that expires then is on the worklist; of the three that go by the expiry."""
    day = today()
    if key == "expired":
        return last_day < day
    if key == "expires-this-month":
        return last_day == end_of_month(day)
    return day <= last_day <= warned_until(day)


def at_risk(day: date) -> Q:
    """What a sync looks at first: what is wrong already or about to be."""
    return Q(delinquent=True) | Q(state=Customer.State.NONE) | Q(expires_on__lte=warned_until(day))


def narrow(user: AbstractBaseUser, customers: QuerySet[Customer], key: str) -> QuerySet[Customer]:
    """Those of `customers`, which are visible to `user`, that are on the worklist; all of them for
    an empty key. KeyError if unknown."""
    return customers.filter(BY_KEY[key].condition(user, today())) if key else customers
