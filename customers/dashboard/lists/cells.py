"""What the cells of a list say: worked out and escaped once for all customers that are alike."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from operator import attrgetter

from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from customers.dashboard.isolates import bdi, isolates
from customers.dashboard.lists.card_marks import mark_of
from customers.dashboard.lists.cell_parts import HIDDEN, Cell, once, with_sign
from customers.dashboard.lists.state_cell import state_cell
from customers.dashboard.templatetags.signs import icon
from customers.models import Customer
from customers.services.cases.case_rows import CaseOfRow
from customers.services.cases.standing import HANDLED, SNOOZED
from customers.services.history import differences as history
from customers.services.lists.columns import Column
from customers.services.lists.listed_since import since_words
from customers.services.lists.worklists import Worklist
from customers.services.organizations import summary
from customers.services.wording import formats as words
from customers.services.wording import messages as sentences
from customers.services.wording.isolation import isolated, plain
from customers.services.wording.short_times import short_age, short_day

_MINUTE = timedelta(minutes=1)
_DASH: Cell = ("–", "")
_OTHER = "other"  # the mark of a brand without one of its own


def cell_of(
    column: Column,
    user: User,
    worklist: Worklist | None,
    cases: Mapping[int, CaseOfRow],
    day: date,
    now: datetime,
) -> Callable[[Customer], Cell]:
    if column.fact:
        said = column.fact.said
        return lambda row: _text(said(row))
    ways: dict[str, Callable[[], Callable[[Customer], Cell]]] = {
        "state": lambda: state_cell(day),
        "card": lambda: _card(day),
        "renewal": lambda: _renewal,
        "balance": lambda: _balance,
        "since": lambda: _since(worklist),
        "owner": lambda: _owner(cases),
        "checked": lambda: _checked(user, now),
        "email": lambda: _email,
    }
    return ways[column.name]()


def _card(day: date) -> Callable[[Customer], Cell]:
    mark = cache(lambda brand: render_to_string("_partials/mark.html", {"brand": brand}))
    until = once(
        lambda row: _until(row, day),
        lambda row: (row.expires_on, summary.ends_before_renewal(row)),
    )

    def say(row: Customer) -> Cell:
        if row.state in _WITHOUT_METHOD:
            return _DASH
        method = history.method_of(row)
        if row.state != Customer.State.CARD:
            return _text(method)
        if mark_of(row.brand) == _OTHER or not row.last4:
            what = format_html("<span>{}</span>", isolates(method))
        else:
            what = format_html(
                '<span class="visually-hidden">{}</span><span>•••• {}</span>', row.brand, row.last4
            )
        html = format_html(
            '<span class="method-line">{}{}{}</span>', mark(row.brand), what, until(row)
        )
        return html, escape(plain(method))

    return say


# For these, the state column already says everything about the method.
_WITHOUT_METHOD = {
    Customer.State.DETAILS_NOT_SENT,
    Customer.State.UNLISTED,
    Customer.State.UNKNOWN,
    Customer.State.INVOICE,
    Customer.State.NONE,
    Customer.State.DELETED,
}


def _until(row: Customer, day: date) -> SafeString:
    if row.expires_on is None:
        return format_html('<span class="muted">{}</span>', _("unknown"))
    tone = summary.expiry_tone(row, day)
    said = f"{row.expires_on:%m/%y}"
    if tone not in {"bad", "warn"}:
        return format_html("<span>{}</span>", said)
    sign = "expired" if tone == "bad" else "warning" if summary.ends_before_renewal(row) else "soon"
    return with_sign(sign, tone, said, format_html(HIDDEN, words.expiry_words(row.expires_on, day)))


def _renewal(row: Customer) -> Cell:
    renewal = row.next_renewal
    if renewal is None:
        return _DASH
    return escape(short_day(renewal)), escape(words.day_words(renewal))


def _owner(cases: Mapping[int, CaseOfRow]) -> Callable[[Customer], Cell]:
    """The owner of the case or, if it has none and is at rest, how it stands."""

    def say(row: Customer) -> Cell:
        case = cases.get(row.pk)
        if case is None or not (case.owner or case.standing in {SNOOZED, HANDLED}):
            return _DASH
        words = escape(f"{case.owner}, {case.words}".strip(", "))
        if not case.owner:
            return format_html('<span class="muted">{}</span>', case.words), words
        return _OWNER.format(escape(case.owner[0].upper()), bdi(case.owner)), words

    return say


_OWNER = '<span class="owner"><span class="avatar" aria-hidden="true">{}</span>{}</span>'


def _balance(row: Customer) -> Cell:
    if not row.balance:
        return (escape(_("unknown")), "") if row.balance is None else _DASH
    said = words.balance_words(row.balance, row.currency)
    return escape(words.money(row.balance, row.currency)), escape(said)


def _since(worklist: Worklist | None) -> Callable[[Customer], Cell]:
    def say(row: Customer) -> Cell:
        said = escape(since_words(row, worklist)) if worklist else "–"
        return said, said

    return say


def _checked(user: User, now: datetime) -> Callable[[Customer], Cell]:
    failure = once(_failure, attrgetter("last_error"))
    whose = once(
        lambda row: (plain(_whose(row, user)), isolates(_whose(row, user))),
        attrgetter("checked_with_id"),
    )
    age = cache(lambda minutes: escape(short_age(timedelta(minutes=minutes))))

    def say(row: Customer) -> Cell:
        at = row.checked_at
        if at is None:
            return escape(_("never")), ""
        with_session, hidden = whose(row)
        html = format_html(
            '{}{}<span class="visually-hidden"> {}</span>',
            failure(row) if row.last_error_code else "",
            age((now - at) // _MINUTE),
            hidden,
        )
        return html, escape(f"{words.moment_words(at)}, {with_session}")

    return say


def _failure(row: Customer) -> SafeString:
    failed = _("Held back") if row.is_held else _("Last check failed")
    why = f"{failed}: {sentences.said(row.last_error)}"
    hidden = format_html('<span class="visually-hidden">{} </span>', why)
    return format_html(
        '<span class="standing warn" title="{}">{}{}</span>', why, icon("check-failed"), hidden
    )


def _whose(customer: Customer, user: User) -> str:
    if customer.checked_with_id == user.pk:
        return _("with your session")
    if customer.checked_with is None:
        return _("with a former user’s session")
    return _("with %(name)s’s session") % {"name": isolated(str(customer.checked_with))}


def _email(row: Customer) -> Cell:
    if not row.email:
        return "", ""
    return format_html('<bdi dir="ltr">{}</bdi>', row.email), escape(row.email)


def _text(said: str) -> Cell:
    return (isolates(said), escape(plain(said))) if said else ("", "")
