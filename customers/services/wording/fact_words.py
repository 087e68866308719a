"""Say single facts about a customer in words; what is not known is said as it was sent."""

from datetime import date
from typing import Any

from django.utils.translation import gettext

from customers.services.wording.formats import day_words
from customers.services.wording.isolation import isolated


def plain_words(value: Any) -> str:
    """As it was sent; "" for what was not."""
    return "" if value is None else isolated(str(value))


def delinquency_words(is_delinquent: bool | None) -> str:
    words = {True: gettext("delinquent"), False: gettext("not delinquent")}
    return gettext("unknown") if is_delinquent is None else words[is_delinquent]


def mode_words(is_live: bool | None) -> str:
    words = {True: gettext("live"), False: gettext("test")}
    return gettext("unknown") if is_live is None else words[is_live]


def check_words(result: str) -> str:
    """The result of one of the bank's checks of a card."""
    words = {
        "pass": gettext("✓ passed"),
        "fail": gettext("✕ failed"),
        "unavailable": gettext("unavailable"),
    }
    return words.get(result, gettext("not checked"))


def date_words(day: date | None) -> str:
    return day_words(day) if day else ""
