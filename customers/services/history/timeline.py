"""The timeline of an organization, and what was known about it at a past moment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from customers.models import Change, Customer
from customers.services.history.differences import (
    Event,
    Facts,
    events_of,
    facts_of,
    first_facts,
    method_words,
    steps,
)
from customers.upstream.stripe.payment_method import expires_on


@dataclass(frozen=True, slots=True)
class Past:
    customer: Customer  # built from the facts of that time; not a stored row
    known_from: datetime
    known_until: datetime
    ended_by: Change | None  # the next change; None if this is still the latest state
    changes: Sequence[Change]  # up to then, latest first


def as_of(changes: Sequence[Change], current: Customer, at: datetime) -> Past | None:
    """What was known at `at`; None before the first check. `changes` are all, latest first."""
    first_seen = current.first_checked_at
    if first_seen is None or current.checked_at is None or at < first_seen:
        return None
    facts, ended_by = facts_of(current), None
    for change, before, _now in steps(changes, current):
        if change.seen_at <= at:
            break
        facts, ended_by = before, change
    earlier = [change for change in changes if change.seen_at <= at]
    known_from = earlier[0].seen_at if earlier else first_seen
    known_until = ended_by.after if ended_by else current.checked_at
    return Past(
        _customer(current, facts),
        known_from=known_from,
        known_until=max(known_from, known_until),  # a held answer is older than its change
        ended_by=ended_by,
        changes=earlier,
    )


def _customer(current: Customer, facts: Facts) -> Customer:
    return Customer(
        organization=current.organization,
        first_checked_at=current.first_checked_at,
        expires_on=expires_on(facts["exp_month"], facts["exp_year"]),
        **facts,
    )


def timeline(changes: Sequence[Change], current: Customer) -> list[Event]:
    events = [*events_of(changes, current), *_expired(changes, current)]
    return sorted(events, key=lambda event: event.seen_at, reverse=True)


def _expired(changes: Sequence[Change], current: Customer) -> Iterator[Event]:
    until = timezone.now()
    for change, _before, now in steps(changes, current):
        yield from _expired_between(change.seen_at, until, now)
        until = change.after
    if current.first_checked_at:
        first = first_facts(changes, current)
        yield from _expired_between(current.first_checked_at, until, first)


def _expired_between(start: datetime, end: datetime, facts: Facts) -> Iterator[Event]:
    last_day = expires_on(facts["exp_month"], facts["exp_year"])
    if facts["state"] != Customer.State.CARD or last_day is None:
        return
    end_of_day = datetime.combine(last_day, time.max, tzinfo=timezone.get_default_timezone())
    if start < end_of_day < end:
        yield Event(_("Card expired"), method_words(facts), "bad", end_of_day, end_of_day, "")
