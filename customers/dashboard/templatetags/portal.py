"""What templates say values with, in the words of services/wording, and the URLs of lists."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from customers.dashboard import isolates
from customers.dashboard.forms import NoteForm
from customers.dashboard.lists.card_marks import mark_of
from customers.database.capped_counts import COUNT_CAP
from customers.models import Customer
from customers.services.facts.table import listed_in
from customers.services.history import differences as history
from customers.services.organizations import summary
from customers.services.organizations.payload_details import stripe_url
from customers.services.wording import fact_words
from customers.services.wording import formats as words
from customers.services.wording import messages as sentences
from customers.services.wording.expiry import today
from customers.services.wording.isolation import plain
from customers.upstream.message import Message

register = template.Library()
register.filter("bdi", isolates.bdi)
register.filter("isolates", isolates.isolates)
register.filter("plain", plain)


@register.filter
def ago(at: datetime | None) -> str:
    return words.age_words(timezone.now() - at) if at else _("never")


@register.filter
def span(at: datetime | None) -> str:
    return words.span_words(timezone.now() - at) if at else ""


@register.filter
def moment(at: datetime | None) -> str:
    return words.moment_words(at) if at else _("never")


@register.filter
def about(at: datetime) -> str:
    return words.about_words(at)


@register.filter
def day(value: date | datetime | None) -> str:
    return words.day_words(value) if value else _("unknown")


@register.filter
def interval(event: Any) -> str:
    return words.interval_words(event.after, event.seen_at)


@register.filter
def until(event: Any) -> str:
    return words.until_words(event.after, event.seen_at)


@register.filter
def balance(customer: Customer) -> str:
    return words.balance_words(customer.balance, customer.currency)


@register.filter
def money(amount: int | None, currency: str) -> str:
    return words.money(amount, currency)


@register.filter
def expiry(customer: Customer) -> str:
    return words.expiry_words(customer.expires_on, today())


@register.filter
def method(customer: Customer) -> str:
    return history.method_of(customer)


@register.filter
def card(payment_method: Any) -> str:
    return words.card_words(payment_method.brand or payment_method.type, payment_method.last4)


@register.filter
def mark(brand: str) -> str:
    return mark_of(brand)


@register.filter
def check_words(result: str) -> str:
    """The result of one of the bank's checks of a card."""
    return fact_words.check_words(result)


@register.filter
def facts_in(customer: Customer, panel: str) -> list[tuple[str, str]]:
    """What a panel lists by itself, each with its label."""
    return listed_in(panel, customer)


@register.filter
def is_past(at: datetime) -> bool:
    return at < timezone.now()


@register.filter
def spaced(text: str) -> str:
    """Stripe's words as people say them: `past_due` as `past due`."""
    return words.stripe_words(text)


@register.filter
def said(message: Message) -> str:
    """A message in the reader's language."""
    return sentences.said(message)


@register.filter
def in_stripe(customer: Customer) -> str:
    return stripe_url(customer)


@register.simple_tag
def blank_note_form() -> NoteForm:
    return NoteForm()


@register.simple_tag(takes_context=True)
def listed_url(context: template.Context, **changes: str) -> str:
    """The query of this list with some parts changed, back on its first page."""
    query = context["request"].GET.copy()
    query.pop("after", None)
    for name, value in changes.items():
        if value:
            query[name] = value
        else:
            query.pop(name, None)
    return f"?{query.urlencode()}"


@register.filter
def badges(customer: Customer) -> list[tuple[str, str]]:
    return summary.badges(customer, today())


@register.filter
def badges_on(customer: Customer, on: date) -> list[tuple[str, str]]:
    return summary.badges(customer, on)


@register.inclusion_tag("organizations/_sort_header.html", takes_context=True)
def sort_header(context: template.Context, sort: str, label: str) -> dict[str, object]:
    """A column header that sorts by it, and the other way round the next time."""
    current = context["listed"].sort
    turned = sort.removeprefix("-") if sort.startswith("-") else f"-{sort}"
    is_current = current.removeprefix("-") == sort.removeprefix("-")
    direction = "descending" if current.startswith("-") else "ascending"
    return {
        "label": label,
        "aria_sort": direction if is_current else "",
        "is_number": "balance" in sort,
        "url": listed_url(context, sort=turned if current == sort else sort),
    }


@register.filter
def grouped(count: int) -> str:
    """`12,600`: as the language writes it."""
    return words.count_words(count)


@register.filter
def capped(count: int, cap: int = COUNT_CAP) -> str:
    return words.capped_words(count, cap)
