"""Format values for people: cards, money, dates, ages."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_currency, format_decimal, get_currency_precision
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import (
    get_language,
    gettext,
    gettext_lazy,
    ngettext,
    pgettext,
    pgettext_lazy,
    to_locale,
)

from customers.services.wording.expiry import day_of
from customers.services.wording.isolation import isolated

_LONGEST_IN_MINUTES = 90
_LONGEST_IN_HOURS = 48
_LONGEST_IN_DAYS = 60
_LONGEST_IN_MONTHS = 23
_ZERO_DECIMAL = frozenset(
    ("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV")
    + ("XAF", "XOF", "XPF")
)
_LETTERS_BEFORE_DIGITS = re.compile(r"[^\W\d_](?=\d)")
_THREE_DECIMAL = frozenset(["BHD", "JOD", "KWD", "OMR", "TND"])


def card_words(brand: str, last4: str) -> str:
    """`Visa •••• 4242`, or as much of it as is known."""
    digits = f"•••• {isolated(last4)}" if last4 else ""
    name = isolated(brand) or gettext("Card")
    return f"{name} {digits}".strip()


def money(amount: int | None, currency: str) -> str:
    """`$12.50`, from an amount in Stripe's smallest unit of `currency`."""
    if amount is None:
        return gettext("unknown")
    code = currency.upper()
    decimals = stripe_decimals(code)
    if decimals is None:
        return _in_unknown_currency(amount)
    return _money(amount, code, decimals, locale_code())


# Cached, like counts, moments and days: the rows of a list, and its readers, share most of them.
@lru_cache(maxsize=10_000)
def _money(amount: int, code: str, decimals: int, locale: str) -> str:
    has_usual_digits = decimals == get_currency_precision(code)
    value = Decimal(amount).scaleb(-decimals)
    said = format_currency(value, code, locale=locale, currency_digits=has_usual_digits)
    # CLDR's spacing of currencies, which Babel leaves out: letters do not touch digits.
    return _LETTERS_BEFORE_DIGITS.sub("\\g<0>\N{NO-BREAK SPACE}", said, count=1)


def _in_unknown_currency(amount: int) -> str:
    if amount == 0:
        return "0"
    return gettext("%(amount)s (smallest unit, currency unknown)") % {"amount": amount}


def count_words(count: int) -> str:
    """`10,000`, with the separators of the language."""
    return _count_words(count, locale_code())


@lru_cache(maxsize=10_000)
def _count_words(count: int, locale: str) -> str:
    return format_decimal(count, locale=locale)


def capped_words(count: int, cap: int) -> str:
    """`1,260`, or `10,000+` if the count stopped at `cap`."""
    words = count_words(min(count, cap))
    return f"{words}+" if count > cap else words


def locale_code() -> str:
    return to_locale(get_language() or settings.LANGUAGE_CODE)


def balance_words(amount: int | None, currency: str) -> str:
    """An account balance: negative is credit towards the next invoice, positive is owed."""
    if amount is None:
        return gettext("unknown")
    if amount == 0:
        return money(0, currency)
    if amount < 0:
        return gettext("%(amount)s credit") % {"amount": money(-amount, currency)}
    return gettext("%(amount)s owed") % {"amount": money(amount, currency)}


def expiry_words(expires_on: date | None, today: date) -> str:
    """`expires in 3 months`, `expired 12 days ago`."""
    if expires_on is None:
        return gettext("expiry unknown")
    if expires_on < today:
        return gettext("expired %(span)s ago") % {"span": _span(today - expires_on)}
    if expires_on == today:
        return gettext("expires today")
    return gettext("expires in %(span)s") % {"span": _span(expires_on - today)}


def _span(duration: timedelta) -> str:
    days = duration.days
    if days <= _LONGEST_IN_DAYS:
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    months = round(days / 30.44)
    if months <= _LONGEST_IN_MONTHS:
        return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
    years = months // 12
    return ngettext("%(count)s year", "%(count)s years", years) % {"count": years}


def stripe_decimals(code: str) -> int | None:
    """Decimals of Stripe's smallest unit (Stripe, "Supported currencies"), which are not CLDR's."""
    if not re.fullmatch("[A-Z]{3}", code):
        return None
    if code in _ZERO_DECIMAL:
        return 0
    return 3 if code in _THREE_DECIMAL else 2


def age_words(age: timedelta) -> str:
    """`just now`, `3 minutes ago`, `5 hours ago`, `2 days ago`."""
    minutes = int(age.total_seconds()) // 60
    hours, days = minutes // 60, minutes // (24 * 60)
    if days > 0:
        return ngettext("%(count)s day ago", "%(count)s days ago", days) % {"count": days}
    if hours > 0:
        return ngettext("%(count)s hour ago", "%(count)s hours ago", hours) % {"count": hours}
    if minutes > 0:
        words = ngettext("%(count)s minute ago", "%(count)s minutes ago", minutes)
        return words % {"count": minutes}
    return gettext("just now")


def about_words(at: datetime) -> str:
    """An expected time: `tomorrow, 09:10`."""
    local = timezone.localtime(at)
    ahead = (local.date() - timezone.localdate()).days
    words = {0: gettext("today, %(time)s"), 1: gettext("tomorrow, %(time)s")}.get(ahead)
    return words % {"time": date_format(local, "H:i")} if words else moment_words(at)


def moment_words(at: datetime) -> str:
    """`19 Nov 14:02` in the reader's time zone, with the year unless it is the current one."""
    local = timezone.localtime(at)
    return _moment(local, with_zone=_is_repeated(local))


def _moment(local: datetime, *, with_zone: bool) -> str:
    naive = local.replace(second=0, microsecond=0, tzinfo=None)  # equal times share a cached text
    words = _moment_words(naive, local.year == timezone.localdate().year, get_language())
    return f"{words} {local:%Z}" if with_zone else words


def _is_repeated(local: datetime) -> bool:
    """Whether clocks show this time twice, because they are set back."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


@lru_cache(maxsize=10_000)
def _moment_words(local: datetime, is_this_year: bool, _language: str | None) -> str:
    if is_this_year:
        return date_format(local, pgettext("date format", "j M H:i"))
    return date_format(local, pgettext("date format", "j M Y H:i"))


def interval_words(after: datetime, until: datetime) -> str:
    """`between 19 Nov 14:02 and 20:02`, with the time zone if clocks changed in between."""
    first, last = timezone.localtime(after), timezone.localtime(until)
    is_changed = first.utcoffset() != last.utcoffset()
    with_zone = is_changed or _is_repeated(first) or _is_repeated(last)
    end = _moment(last, with_zone=with_zone)
    if first.date() == last.date():
        if f"{first:%H:%M}" == f"{last:%H:%M}" and not is_changed:
            return end
        end = f"{last:%H:%M %Z}" if with_zone else f"{last:%H:%M}"
    words = gettext("between %(after)s and %(until)s")
    return words % {"after": _moment(first, with_zone=with_zone), "until": end}


def until_words(after: datetime, until: datetime) -> str:
    """`until some time between 19 Nov 14:02 and 20:02`."""
    interval = interval_words(after, until)
    if interval == moment_words(until):
        return gettext("until %(moment)s") % {"moment": interval}
    return gettext("until some time %(interval)s") % {"interval": interval}


def day_words(day: date) -> str:
    """`31 Oct 2026`; for a datetime, the day in TIME_ZONE, by which billing is judged."""
    return _day_words(day_of(day) if isinstance(day, datetime) else day, get_language())


@lru_cache(maxsize=10_000)
def _day_words(day: date, _language: str | None) -> str:
    return date_format(day, pgettext("date format", "j M Y"))


def span_words(age: timedelta) -> str:
    """`15 minutes`, `6 hours`, `3 days`: a bound on an age, rounded up."""
    minutes = max(1, -(-int(age.total_seconds()) // 60))
    if minutes <= _LONGEST_IN_MINUTES:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    hours = -(-minutes // 60)
    if hours <= _LONGEST_IN_HOURS:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    days = -(-hours // 24)
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def reply_date(at: datetime) -> str:
    """`22 November 2026, 14:02 UTC`, for customers."""
    local = timezone.localtime(at)
    day_and_time = date_format(local, pgettext("date format", "j F Y, H:i"))
    return f"{day_and_time} {local:%Z}"


def stripe_words(text: str) -> str:
    """`past due` for `past_due`."""
    return str(_STRIPE_WORDS.get(text, text.replace("_", " ")))


_STRIPE_WORDS = {
    # Subscription, status
    "active": gettext_lazy("active"),
    "trialing": gettext_lazy("trialing"),
    "past_due": gettext_lazy("past due"),
    "unpaid": gettext_lazy("unpaid"),
    "canceled": gettext_lazy("canceled"),
    "incomplete": gettext_lazy("incomplete"),
    "incomplete_expired": gettext_lazy("incomplete expired"),
    "paused": gettext_lazy("paused"),
    # Card, funding
    "credit": pgettext_lazy("card funding", "credit"),
    "debit": pgettext_lazy("card funding", "debit"),
    "prepaid": pgettext_lazy("card funding", "prepaid"),
    "unknown": gettext_lazy("unknown"),
}
