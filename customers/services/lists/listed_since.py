"""Since when a customer is on a worklist, as precisely as the answers allow."""

from datetime import datetime, timedelta
from typing import cast

from django.utils.translation import gettext as _

from customers.models import Customer
from customers.services.access.sight import sight_of
from customers.services.lists.worklists import BY_KEY, Worklist
from customers.services.wording.expiry import warned_from
from customers.services.wording.formats import day_words, moment_words
from customers.services.wording.short_times import short_day
from customers.services.wording.since import since_days


def tells_since(worklist: str) -> bool:
    """Whether the facts date a customer's place on the worklist; upcoming renewals do not."""
    return worklist in BY_KEY and BY_KEY[worklist].since != "charged_renews_on"


def since_words(customer: Customer, worklist: Worklist) -> str:
    """The date for a row from visible_customers; a dash if it is unknown or not for this user."""
    if worklist.since == "expires_on":
        return _since_expiry(customer, worklist.key)
    if worklist.since == "delinquent_since":
        if not sight_of(customer).knows_past:
            return "–"
        return _interval(customer, customer.delinquent_after, customer.delinquent_seen_at)
    if worklist.since == "first_payment_since":
        if not sight_of(customer).knows_past:
            return "–"
        seen_at = customer.first_payment_seen_at
        return day_words(seen_at) if seen_at else _interval(customer, None, None)
    if worklist.since == "state_since":
        if not sight_of(customer).knows_past:
            return "–"
        return _interval(customer, customer.state_after, customer.state_seen_at)
    source = sight_of(customer) if worklist.since == "changed_for_user" else customer
    moment = getattr(source, worklist.since)
    return moment_words(moment) if moment else "–"


def first_said(customer: Customer, name: str) -> datetime | None:
    """When the first answer with the current `name`, "state" or "delinquent", arrived. None if not
    delinquent, if the payload was parsed again since, or if the user may not see the past."""
    is_so = name == "state" or customer.delinquent
    if not is_so or not sight_of(customer).knows_past:
        return None
    after, seen_at = getattr(customer, f"{name}_after"), getattr(customer, f"{name}_seen_at")
    if after is None and seen_at is not None:
        return None
    return cast("datetime | None", seen_at or customer.first_checked_at)


def _interval(customer: Customer, after: datetime | None, seen_at: datetime | None) -> str:
    if after and seen_at:
        return since_days(after, seen_at)
    # Since the payload was parsed again, or since the first check.
    known = seen_at or customer.first_checked_at
    return _("before %(day)s") % {"day": short_day(known)} if known else "–"


def _since_expiry(customer: Customer, key: str) -> str:
    last_day = customer.expires_on
    if last_day is None:
        return "–"
    began = {
        "expired": last_day + timedelta(days=1),
        "expires-this-month": last_day.replace(day=1),
    }
    return short_day(began.get(key, warned_from(last_day)))
