"""Filters and tags: the words of services/wording, and the URLs of lists."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from customers.dashboard import isolates
from customers.dashboard.drafts import fields_for
from customers.dashboard.forms import NoteForm
from customers.dashboard.lists.card_marks import mark_of
from customers.dashboard.lists.list_query import changed, turned
from customers.database.capped_counts import COUNT_CAP
from customers.models import Customer
from customers.services.cases.case_choices import CaseChoices
from customers.services.cases.case_choices import case_choices as choices_of_cases
from customers.services.facts.table import listed_in
from customers.services.history import differences as history
from customers.services.organizations import summary
from customers.services.organizations.payload_details import stripe_url
from customers.services.pasted_lists.pasted_text import reads_as_list
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
def mark(brand: str) -> str:
    return mark_of(brand)


@register.filter
def facts_in(customer: Customer, panel: str) -> list[tuple[str, str]]:
    return listed_in(panel, customer)


@register.filter
def is_past(at: datetime) -> bool:
    return at < timezone.now()


@register.filter
def spaced(text: str) -> str:
    return words.stripe_words(text)


@register.filter
def said(message: Message) -> str:
    return sentences.said(message)


@register.filter
def in_stripe(customer: Customer) -> str:
    return stripe_url(customer)


@register.simple_tag(takes_context=True)
def blank_note_form(context: template.Context) -> NoteForm:
    """Filled in only with the draft of a note that the page was opened with."""
    draft = context.get("draft")
    return NoteForm(initial=draft.note if draft else None)


@register.simple_tag(takes_context=True)
def writer(context: template.Context) -> str:
    """Hidden fields for a form whose content outlasts an ended session: see drafts.py."""
    fields = fields_for(context["request"], context.get("draft"))
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', fields.items())


@register.simple_tag
def case_choices() -> CaseChoices:
    return choices_of_cases()


@register.simple_tag(takes_context=True)
def listed_url(context: template.Context, **changes: str) -> str:
    return changed(context["request"].GET, **changes)


@register.simple_tag(takes_context=True)
def place_url(context: template.Context, **place: str | int) -> str:
    return turned(context["request"].GET, **place)


@register.simple_tag
def options(choices: Iterable[tuple[object, object]], chosen: object) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (value, mark_safe(" selected") if value == chosen else "", said)
            for value, said in choices
        ),
    )


@register.filter
def badges(customer: Customer) -> list[tuple[str, str]]:
    return summary.badges(customer, today())


@register.filter
def badges_on(customer: Customer, on: date) -> list[tuple[str, str]]:
    return summary.badges(customer, on)


@register.filter
def is_pasted_list(text: str) -> bool:
    return reads_as_list(text)


@register.filter
def grouped(count: int) -> str:
    """`12,600`, with the separators of the language."""
    return words.count_words(count)


@register.filter
def capped(count: int, cap: int = COUNT_CAP) -> str:
    return words.capped_words(count, cap)
