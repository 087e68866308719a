"""One organization as it is, or as it was known at a past moment."""

from datetime import datetime, timedelta

from django.utils import timezone

from customers.api.answers.asked import Asked
from customers.api.answers.envelope import Answer, Unrecorded, enveloped, iso
from customers.api.answers.found import shown_to
from customers.api.answers.moments import NO_TIME, moment_in
from customers.api.answers.payment import charged_method, payment_parts
from customers.api.problem import Problem, invalid
from customers.models import Customer
from customers.services.access.visible import past_of, sees_whole_past
from customers.services.changes.periods import day_ends, iso_day
from customers.services.history.differences import delinquent_since
from customers.services.history.timeline import Past, as_of
from customers.services.lists.export import export_row
from customers.services.tokens.scopes import Scope
from customers.upstream.message import Message

_NO_PAST = (
    "Catalyze has not recently sent you this customer, so what was known before is not shown."
)


def organization(asked: Asked, org_id: str, *, refresh: bool = False) -> Answer:
    found = find_organization(asked, org_id, refresh=refresh)
    asked.disclose([found.customer])
    return found.answer


def find_organization(
    asked: Asked, org_id: str, *, refresh: bool = False, as_of: str = ""
) -> Unrecorded:
    """`as_of` is a day, of which the end is meant, or a moment. Raises Problem."""
    asked.require(Scope.READ)
    if not as_of:
        shown = shown_to(asked, org_id, refresh=refresh)
        data = export_row(shown.customer) | payment_parts(shown.customer)
        return Unrecorded(
            enveloped(asked.user, shown.customer, data, shown.trouble), shown.customer
        )
    asked.require(Scope.HISTORY)
    if refresh:
        raise invalid({"refresh": "cannot be combined with as_of"})
    at = _past_moment(as_of)
    customer = shown_to(asked, org_id).customer
    return Unrecorded(_past_answer(asked, customer, at), customer)


def _past_answer(asked: Asked, customer: Customer, at: datetime) -> Answer:
    if not sees_whole_past(asked.user, customer.pk):
        raise Problem("not-proved", _NO_PAST)
    past = as_of(past_of(asked.user, customer), customer, at)
    if past is None:
        raise Problem("not-known-then", "The organization had not been checked yet.")
    envelope = enveloped(asked.user, customer, _past_data(past), Message())
    known_until = min(at, past.known_until)
    return envelope | {
        "as_of": iso(known_until),
        "source": envelope["source"] | {"checked_by": None},
        # It may have changed between the last answer that showed it and the moment asked about.
        "stale": known_until < at,
        "known_from": iso(past.known_from),
        "known_until": iso(past.known_until),
    }


def _past_data(past: Past) -> Answer:
    """What the history does not track is unknown."""
    since = delinquent_since(past.changes, past.customer)
    return export_row(past.customer) | {
        "delinquent_since": iso(since[1]) if since else None,
        "payment_method": charged_method(past.customer),
        "other_methods": None,
        "subscriptions": None,
        "reply": None,
    }


def _past_moment(text: str) -> datetime:
    """Of a day of TIME_ZONE its end."""
    day = iso_day(text)
    at = day_ends(day) - timedelta(microseconds=1) if day else moment_in(text)
    if at is None:
        raise invalid({"as_of": NO_TIME})
    if at >= timezone.now():
        raise invalid({"as_of": "is not in the past"})
    return at
