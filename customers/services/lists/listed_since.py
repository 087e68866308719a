"""Say since when a customer is on a worklist, as honestly as the answers allow."""

from datetime import datetime, timedelta
from typing import cast

from django.utils.translation import gettext as _

from customers.models import Customer
from customers.services.access.sight import sight_of
from customers.services.lists.worklists import Worklist
from customers.services.wording.expiry import warned_from
from customers.services.wording.formats import day_words, moment_words
from customers.services.wording.since import since_days


def since_words(customer: Customer, worklist: Worklist) -> str:
    """Since when `customer`, one of visible_customers, is on `worklist`; a dash if untold."""
    if worklist.since == "expires_on":
        return _since_expiry(customer, worklist.key)
    if worklist.since == "delinquent_seen_at":
        return _interval(customer, customer.delinquent_after, customer.delinquent_seen_at)
    if worklist.since == "state_since":
        if not sight_of(customer).knows_past:
            return "–"
        return _interval(customer, customer.state_after, customer.state_seen_at)
    told = sight_of(customer) if worklist.since == "changed_for_user" else customer
    moment = getattr(told, worklist.since)
    return moment_words(moment) if moment else "–"


def first_said(customer: Customer, name: str) -> datetime | None:
    """When the first answer arrived that said so of `name`, "state" or "delinquent".

    `customer` is one of visible_customers. None where that is not known, because the answer was
    read again since, or is not the user's to know; and for what is not delinquent.
    """
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
    # As it was read again, or at first sight.
    known = seen_at or customer.first_checked_at
    return _("before %(day)s") % {"day": day_words(known)} if known else "–"


def _since_expiry(customer: Customer, key: str) -> str:
    last_day = customer.expires_on
    if last_day is None:
        return "–"
    began = {
        "expired": last_day + timedelta(days=1),
        "expires-this-month": last_day.replace(day=1),
    }
    return day_words(began.get(key, warned_from(last_day)))
