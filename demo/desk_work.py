"""What Ana and Ben wrote and did in the weeks before a demo, through the portal's services."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import time_machine
from django.contrib.auth.models import User

from customers.models import Organization
from customers.services.cases.steps import assign, handle, snooze
from customers.services.checking.check import check
from customers.services.organizations.notes import add_note
from customers.services.watching.watches import watch

Deed = Callable[[User, Organization, date], object]
_A_WEEK = timedelta(weeks=1)


def _note(text: str, ticket: str = "") -> Deed:
    url = f"https://desk.example/tickets/{ticket}" if ticket else ""
    return lambda user, organization, _day: add_note(user, organization, text, url)


def _take(user: User, organization: Organization, _day: date) -> None:
    assign(user, [organization.pk], user)


def _give_to(name: str) -> Deed:
    return lambda user, organization, _day: assign(
        user, [organization.pk], User.objects.get(username=name)
    )


def _snooze_until_next_week(user: User, organization: Organization, first_day: date) -> None:
    snooze(user, [organization.pk], first_day + _A_WEEK - timedelta(days=first_day.weekday()))


def _handle(user: User, organization: Organization, _day: date) -> None:
    handle(user, [organization.pk])


def _watch(user: User, organization: Organization, _day: date) -> None:
    watch(user, [organization.pk])


@dataclass(frozen=True, slots=True)
class _Work:
    weeks_ago: int
    hours: int  # after the check of that Monday
    user: str
    name: str
    do: Deed


# In the last week on Monday alone, since the demo may be started on the next day.
_DONE = (
    _Work(
        9,
        3,
        "ana",
        "Elm Park Therapy",
        _note("Their bank blocked the charge. Sarah in accounts will have it released.", "4381"),
    ),
    _Work(
        7,
        50,
        "ana",
        "Elm Park Therapy",
        _note("Paid on the second attempt, and Sarah confirmed. Nothing left to do.", "4381"),
    ),
    _Work(6, 4, "ben", "Sycamore Surgical", _take),
    _Work(6, 5, "ana", "Sycamore Surgical", _watch),
    _Work(
        6,
        4,
        "ben",
        "Sycamore Surgical",
        _note(
            "Card was stopped after a fraud alert. The office manager is waiting for the new one.",
            "4402",
        ),
    ),
    _Work(
        4,
        28,
        "ana",
        "Oakline Orthopedics",
        _note("Closed for good at the end of the quarter. Please do not chase."),
    ),
    _Work(
        3,
        2,
        "ana",
        "Northwind Health East",
        _note("East and West pay with the same card. For both, write to the office in Boston."),
    ),
    _Work(3, 2, "ana", "Northwind Health East", _watch),
    _Work(
        2,
        51,
        "ben",
        "Sycamore Surgical",
        _note("New card has not arrived. Promised to call us by Friday.", "4402"),
    ),
    _Work(
        1,
        3,
        "ana",
        "Hawthorn Telehealth",
        _note("New card added after our reminder; the open invoice went through.", "4467"),
    ),
    _Work(1, 3, "ana", "Hawthorn Telehealth", _watch),
    _Work(
        1,
        5,
        "ben",
        "Quarry Bank Dental",
        _note(
            "Left a message with the practice manager: the card expired, and the charge failed.",
            "4490",
        ),
    ),
    _Work(1, 6, "ana", "Quarry Bank Dental", _watch),
    _Work(1, 6, "ana", "Harbor Street Imaging", _watch),
    _Work(0, 2, "ben", "Marlow Road Surgery", _take),
    _Work(
        0,
        2,
        "ben",
        "Marlow Road Surgery",
        _note("Partners approve payments at their meeting next week.", "4495"),
    ),
    _Work(0, 2, "ben", "Marlow Road Surgery", _snooze_until_next_week),
    _Work(
        0,
        3,
        "ana",
        "Yarrow Nutrition",
        _note("They stop at the end of the year and will not renew.", "4498"),
    ),
    _Work(0, 3, "ana", "Yarrow Nutrition", _handle),
    _Work(0, 4, "ben", "Cedar Valley Health", _give_to("ana")),
    _Work(
        0,
        4,
        "ben",
        "Cedar Valley Health",
        _note("Reminder sent on Monday: the card ends before the year renews.", "4501"),
    ),
)


def do_the_work_of(weeks_ago: int, monday: datetime, first_day: date) -> None:
    """What was done in one of the weeks, each at its time; nothing where the customers are odd."""
    for work in _DONE:
        organization = Organization.objects.filter(name=work.name).first()
        if work.weeks_ago == weeks_ago and organization is not None:
            with time_machine.travel(monday + timedelta(hours=work.hours)):
                user = User.objects.get(username=work.user)
                check(user, organization.org_id)  # as opening the page does
                work.do(user, organization, first_day)
