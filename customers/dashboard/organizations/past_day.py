"""An organization as it was known on a past day."""

from datetime import date, datetime, time

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from customers.dashboard.organizations.came_from import came_from
from customers.dashboard.site import StaffRequest
from customers.models import Customer
from customers.services.access.visible import past_of, sees_whole_past
from customers.services.disclosures.log import record
from customers.services.history.differences import delinquent_since
from customers.services.history.timeline import as_of, timeline


def parse_past_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if date.min.replace(year=2000) < day < timezone.localdate() else None


def past_page(request: StaffRequest, customer: Customer, day: date) -> HttpResponse:
    """What was known at the end of `day`, for users who may see the whole past."""
    parts: dict[str, object] = {
        "organization": customer.organization,
        "day": day,
        "came_from": came_from(request, customer, is_recorded=False),
    }
    if not sees_whole_past(request.user, customer.organization_id):
        return render(request, "organization/past/untold.html", parts)
    changes = past_of(request.user, customer)
    end_of_day = datetime.combine(day, time.max, tzinfo=timezone.get_current_timezone())
    past = as_of(changes, customer, end_of_day)
    if past is None:
        return render(request, "organization/past/unseen.html", parts | {"customer": customer})
    record(request.user, [customer], "past")
    events = timeline(past.changes, past.customer)
    parts |= {
        "past": past,
        "customer": past.customer,
        "may_have_changed": past.ended_by is not None and end_of_day > past.ended_by.after,
        "since": delinquent_since(past.changes, past.customer),
        "events": [event for event in events if event.seen_at <= end_of_day],
    }
    return render(request, "organization/past/known.html", parts)
