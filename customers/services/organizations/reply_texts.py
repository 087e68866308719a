"""The texts of replies: defaults, placeholders, filling in. Staff write them, so no template engine
evaluates them, and the value of a placeholder is not searched for placeholders again."""

import re
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext, gettext_noop, override

from customers.models import ReplyTemplate

State = ReplyTemplate.State
EVERYWHERE = ("organization", "date")
# Where the customer can act; only while CUSTOMER_BILLING_URL is set.
BILLING_PAGE = "billing_page"
_WITH_METHOD = (*EVERYWHERE, "card")
_WITH_EXPIRY = (*_WITH_METHOD, "expiry")
PLACEHOLDERS = {
    State.EXPIRED_AND_FAILED: _WITH_EXPIRY,
    State.NONE_AND_FAILED: EVERYWHERE,
    State.FAILED: _WITH_METHOD,
    State.UNPAID: _WITH_METHOD,
    State.EXPIRED: _WITH_EXPIRY,
    State.EXPIRING: _WITH_EXPIRY,
    State.DOUBTED: _WITH_METHOD,
    State.NONE: EVERYWHERE,
    State.INVOICE_OVERDUE: EVERYWHERE,
    State.INVOICE: EVERYWHERE,
    State.DELETED: EVERYWHERE,
    State.CARD: _WITH_EXPIRY,
    State.METHOD: _WITH_METHOD,
    State.UNNAMED: EVERYWHERE,
    State.UNKNOWN: EVERYWHERE,
}
_DEFAULTS = {
    State.EXPIRED_AND_FAILED: gettext_noop(
        "The last charge for {organization} failed, and {card} has expired. "
        "Please update it. (As of {date}.)"
    ),
    State.NONE_AND_FAILED: gettext_noop(
        "The last charge for {organization} failed, and we have no payment method on file. Please "
        "ask someone with payment permission to add one. (As of {date}.)"
    ),
    State.FAILED: gettext_noop(
        "The last charge for {organization} to {card} failed. Please update it or contact your "
        "bank. (As of {date}.)"
    ),
    State.UNPAID: gettext_noop(
        "An invoice for {organization} has not been paid yet. "
        "Please check {card} or use another payment method. (As of {date}.)"
    ),
    State.EXPIRED: gettext_noop(
        "The card on file for {organization}, {card}, has expired. "
        "Please update it. (As of {date}.)"
    ),
    State.EXPIRING: gettext_noop(
        "The card on file for {organization}, {card}, is valid through {expiry}. "
        "Please update it once you have a new one. (As of {date}.)"
    ),
    State.DOUBTED: gettext_noop(
        "The bank could not confirm the details of {card}, the card on file for {organization}. "
        "Please enter it again. (As of {date}.)"
    ),
    State.NONE: gettext_noop(
        "We have no payment method on file for {organization}. Please ask someone with payment "
        "permission to add one. (As of {date}.)"
    ),
    State.INVOICE_OVERDUE: gettext_noop(
        "An invoice sent to {organization} has not been paid yet. Please follow the payment "
        "instructions on it, or let us know if you did not receive it. (As of {date}.)"
    ),
    State.INVOICE: gettext_noop(
        "{organization} is billed by invoice, so we need no payment method on file. (As of {date}.)"
    ),
    State.DELETED: gettext_noop(
        "The billing account of {organization} was closed, so nothing is charged. (As of {date}.)"
    ),
    State.CARD: gettext_noop(
        "The card on file for {organization} is {card}, valid through {expiry}. (As of {date}.)"
    ),
    State.METHOD: gettext_noop(
        "The payment method on file for {organization} is {card}. (As of {date}.)"
    ),
    State.UNNAMED: gettext_noop("A payment method is on file for {organization}. (As of {date}.)"),
    State.UNKNOWN: gettext_noop(
        "We are looking into the payment method on file for {organization}. (As of {date}.)"
    ),
}
# What is said instead while the customer can be told where to act.
_WHERE_TO_ACT = {
    State.EXPIRED_AND_FAILED: gettext_noop(
        "The last charge for {organization} failed, and {card} has expired. "
        "Please update it here: {billing_page} (As of {date}.)"
    ),
    State.NONE_AND_FAILED: gettext_noop(
        "The last charge for {organization} failed, and we have no payment method on file. "
        "Someone with payment permission can add one here: {billing_page} (As of {date}.)"
    ),
    State.FAILED: gettext_noop(
        "The last charge for {organization} to {card} failed. Please contact your bank, or update "
        "it here: {billing_page} (As of {date}.)"
    ),
    State.UNPAID: gettext_noop(
        "An invoice for {organization} has not been paid yet. Please check {card}, or choose "
        "another payment method here: {billing_page} (As of {date}.)"
    ),
    State.EXPIRED: gettext_noop(
        "The card on file for {organization}, {card}, has expired. "
        "Please update it here: {billing_page} (As of {date}.)"
    ),
    State.EXPIRING: gettext_noop(
        "The card on file for {organization}, {card}, is valid through {expiry}. "
        "Once you have a new one, please update it here: {billing_page} (As of {date}.)"
    ),
    State.DOUBTED: gettext_noop(
        "The bank could not confirm the details of {card}, the card on file for {organization}. "
        "Please enter it again here: {billing_page} (As of {date}.)"
    ),
    State.NONE: gettext_noop(
        "We have no payment method on file for {organization}. Someone with payment permission "
        "can add one here: {billing_page} (As of {date}.)"
    ),
}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def default_text(state: str, language: str) -> str:
    texts = _DEFAULTS | _WHERE_TO_ACT if settings.CUSTOMER_BILLING_URL else _DEFAULTS
    with override(language):
        return gettext(texts[State(state)])


def reply_text(state: str, language: str) -> str:
    """The text that staff wrote, or the default, with its placeholders."""
    rows = ReplyTemplate.objects.filter(state=state, language=language)
    return _usable(rows.values_list("text", flat=True).first(), state, language)


def reply_texts(state: str) -> dict[str, str]:
    rows = ReplyTemplate.objects.filter(state=state)
    written = dict(rows.values_list("language", "text"))
    return {
        language: _usable(written.get(language), state, language)
        for language, _name in settings.LANGUAGES
    }


def _usable(written: str | None, state: str, language: str) -> str:
    return written if written and not lacks_its_page(written) else default_text(state, language)


def lacks_its_page(text: str) -> bool:
    """Whether it names a page that no setting gives any more: then it is not sent."""
    return not settings.CUSTOMER_BILLING_URL and BILLING_PAGE in _PLACEHOLDER.findall(text)


def placeholders(state: str) -> tuple[str, ...]:
    page = (BILLING_PAGE,) if settings.CUSTOMER_BILLING_URL else ()
    return (*PLACEHOLDERS[State(state)], *page)


def billing_page(org_id: str) -> str:
    return str(settings.CUSTOMER_BILLING_URL).replace("{org_id}", quote(org_id, safe=""))


def filled(text: str, values: dict[str, str]) -> str:
    """Replace the placeholders in one pass; unknown ones stay."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)


def problems(state: str, text: str) -> list[str]:
    allowed = placeholders(state)
    names = _PLACEHOLDER.findall(text)
    unknown = [name for name in dict.fromkeys(names) if name not in allowed]
    known = ", ".join(f"{{{name}}}" for name in allowed)
    sentences = [
        gettext("Unknown placeholder {%(name)s}. Available: %(known)s.")
        % {"name": name, "known": known}
        for name in unknown
    ]
    if re.search(r"[{}]", _PLACEHOLDER.sub("", text)):
        sentences.append(gettext("Unmatched brace. Use braces only around placeholders."))
    if re.search(r"[<>]", text):
        sentences.append(
            gettext("The text is pasted as it is, so it can’t contain markup: no < or >.")
        )
    if "date" not in names:
        sentences.append(gettext("A reply must say when it was true: include {date}."))
    return sentences
