"""Say values as people say them: cards, money, dates, ages."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from babel.numbers import format_currency, get_currency_precision
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, to_locale

_LONGEST_IN_DAYS = 60
_LONGEST_IN_MONTHS = 23
_ZERO_DECIMAL = frozenset(
    ("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV")
    + ("XAF", "XOF", "XPF")
)
_THREE_DECIMAL = frozenset(["BHD", "JOD", "KWD", "OMR", "TND"])


def card_words(brand: str, last4: str) -> str:
    """`Visa •••• 4242`, or as much of it as was sent."""
    digits = f"•••• {last4}" if last4 else ""
    return f"{brand or 'Card'} {digits}".strip()


def money(amount: int | None, currency: str) -> str:
    """An amount in the smallest unit of `currency`, as `$12.50`; the unit is Stripe's."""
    if amount is None:
        return "unknown"
    code = currency.upper()
    if not re.fullmatch("[A-Z]{3}", code):
        return "0" if amount == 0 else f"{amount} in the smallest unit of an unknown currency"
    decimals = _stripe_decimals(code)
    value = Decimal(amount).scaleb(-decimals)
    locale = to_locale(get_language() or settings.LANGUAGE_CODE)
    return format_currency(
        value, code, locale=locale, currency_digits=decimals == get_currency_precision(code)
    )


def balance_words(amount: int | None, currency: str) -> str:
    """An account balance: negative is credit towards the next invoice, positive is owed."""
    if amount is None:
        return "unknown"
    if amount == 0:
        return money(0, currency)
    if amount < 0:
        return f"{money(-amount, currency)} credit"
    return f"{money(amount, currency)} owed"


def expiry_words(expires_on: date | None, today: date) -> str:
    """When a card expires, in words: `expires in 3 months`, `expired 12 days ago`."""
    if expires_on is None:
        return "expiry unknown"
    if expires_on < today:
        return f"expired {_span(today - expires_on)} ago"
    if expires_on == today:
        return "expires today"
    return f"expires in {_span(expires_on - today)}"


def _span(duration: timedelta) -> str:
    days = duration.days
    if days == 1:
        return "1 day"
    if days <= _LONGEST_IN_DAYS:
        return f"{days} days"
    months = round(days / 30.44)
    if months <= _LONGEST_IN_MONTHS:
        return f"{months} months"
    return f"{months // 12} years"


def _stripe_decimals(code: str) -> int:
    """Decimals of Stripe's smallest unit (Stripe, "Supported currencies"); CLDR's differ."""
    if code in _ZERO_DECIMAL:
        return 0
    return 3 if code in _THREE_DECIMAL else 2


def age_words(age: timedelta) -> str:
    """How long ago: `just now`, `3 minutes ago`, `5 hours ago`, `2 days ago`."""
    seconds = int(age.total_seconds())
    for unit, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= unit:
            count = seconds // unit
            return f"{count} {name}{'s' if count > 1 else ''} ago"
    return "just now"


def moment_words(at: datetime) -> str:
    """A point in time in TIME_ZONE: `19 Nov 14:02`, with the year unless it is this one."""
    local = timezone.localtime(at)
    is_this_year = local.year == timezone.localdate().year
    return date_format(local, "j M H:i" if is_this_year else "j M Y H:i")


def interval_words(after: datetime, until: datetime) -> str:
    """An interval in which something happened: `between 19 Nov 14:02 and 20:02`."""
    first, last = timezone.localtime(after), timezone.localtime(until)
    if first.date() == last.date():
        if f"{first:%H:%M}" == f"{last:%H:%M}":
            return moment_words(until)
        return f"between {moment_words(after)} and {last:%H:%M}"
    return f"between {moment_words(after)} and {moment_words(until)}"


def day_words(day: date) -> str:
    """`31 Oct 2026`; of a point in time, the day it is in TIME_ZONE."""
    return date_format(timezone.localtime(day) if isinstance(day, datetime) else day, "j M Y")
