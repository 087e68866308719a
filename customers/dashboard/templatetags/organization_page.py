"""What the page of an organization says values with, beside what every page does."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from customers.dashboard.lists.card_marks import SIGNS_OF_STATES, SIGNS_OF_TONES
from customers.dashboard.templatetags.signs import icon
from customers.models import Customer
from customers.services.history.differences import Event
from customers.services.wording.expiry import today
from customers.services.wording.formats import moment_words
from customers.services.wording.since import since_days

register = template.Library()


@register.filter
def sign_of(tone: str, customer: Customer | None = None) -> str:
    return _sign(tone, customer, today())


@register.simple_tag
def icon_on(tone: str, customer: Customer, day: date) -> SafeString:
    return icon(_sign(tone, customer, day))


def _sign(tone: str, customer: Customer | None, day: date) -> str:
    if tone == "bad" and customer and customer.expires_on and not customer.delinquent:
        return "expired" if customer.expires_on < day else SIGNS_OF_TONES[tone]
    if tone in SIGNS_OF_TONES or customer is None:
        return SIGNS_OF_TONES.get(tone, "unknown")
    return SIGNS_OF_STATES.get(Customer.State(customer.state), "unknown")


@register.filter
def clock(at: datetime) -> str:
    """`14:02`, with the day unless it is today."""
    local = timezone.localtime(at)
    return f"{local:%H:%M}" if local.date() == timezone.localdate() else moment_words(at)


@register.filter
def days(event: Event) -> str:
    """In which days something happened: `22–24 Nov`."""
    return since_days(event.after, event.seen_at)


@register.filter
def past_day(event: Event) -> date | None:
    seen_on = timezone.localdate(event.seen_at)
    return seen_on if seen_on < timezone.localdate() else None
