"""Why a view is not saved: what may be kept at all, and what may be shared."""

from collections.abc import Callable
from enum import StrEnum, auto

from babel import Locale
from babel.numbers import is_currency

from customers.models.saved_view import LONGEST_NAME
from customers.services.lists.list_parameters import parameters_of
from customers.services.lists.listing import Listed
from customers.services.search.clues import holds_card_number, read_clues
from customers.upstream.stripe.payment_method import KNOWN_BRANDS

_LONGEST_LIST = 2_000  # characters of all parameters
_ENGLISH = Locale("en")


class Refusal(StrEnum):
    """Put into words by dashboard/saved_views/refusal_words.py."""

    NAME_MISSING = auto()
    NAME_TOO_LONG = auto()
    NAME_TAKEN = auto()
    NAME_TELLS = auto()  # a shared name that holds an id, an e-mail address or a card
    NAME_HOLDS_CARD = auto()
    TOO_MANY = auto()
    LIST_TOO_LONG = auto()
    LIST_HOLDS_CARD = auto()
    SHARES_TEXT = auto()
    SHARES_CARD_OF = auto()
    SHARES_VALUE = auto()  # a filter value that is no category


class ViewRefused(Exception):
    """Nothing was changed."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(str(why))
        self.why = why


def refuse_name(name: str, *, is_shared: bool) -> None:
    """Raise ViewRefused unless `name`, one clean line, may be kept."""
    if not name:
        raise ViewRefused(Refusal.NAME_MISSING)
    if len(name) > LONGEST_NAME:
        raise ViewRefused(Refusal.NAME_TOO_LONG)
    if holds_card_number(name):
        raise ViewRefused(Refusal.NAME_HOLDS_CARD)
    clues = read_clues(name)
    digits = clues.last4s and not clues.are_bare
    if is_shared and (clues.org_ids or clues.customer_ids or clues.emails or digits):
        raise ViewRefused(Refusal.NAME_TELLS)


def refuse_list(listed: Listed, *, is_shared: bool) -> None:
    """Raise ViewRefused unless the list may be kept, and shared if it is to be."""
    if sum(map(len, parameters_of(listed).values())) > _LONGEST_LIST:
        raise ViewRefused(Refusal.LIST_TOO_LONG)
    if holds_card_number(listed.text):
        raise ViewRefused(Refusal.LIST_HOLDS_CARD)
    if is_shared and (why := why_private(listed)):
        raise ViewRefused(why)
    if is_shared and not all(CATEGORIES[name](value) for name, value in listed.filters.items()):
        raise ViewRefused(Refusal.SHARES_VALUE)


def why_private(listed: Listed) -> Refusal | None:
    """Why nobody else may have this list, whatever its values: it could name a customer."""
    if listed.text:
        return Refusal.SHARES_TEXT
    return Refusal.SHARES_CARD_OF if listed.card_of else None


# By filter, whether a value is one that Stripe or a standard lists, and so names no customer.
CATEGORIES: dict[str, Callable[[str], bool]] = {
    "brand": KNOWN_BRANDS.__contains__,
    "wallet": {
        *("amex_express_checkout", "apple_pay", "google_pay", "link", "masterpass"),
        *("meta_pay", "samsung_pay", "visa_checkout"),
    }.__contains__,
    "funding": {"credit", "debit", "prepaid", "unknown"}.__contains__,
    "country": lambda value: len(value) == len("DE") and value in _ENGLISH.territories,
    "currency": lambda value: value.islower() and is_currency(value.upper()),
    "tax_exempt": {"none", "exempt", "reverse"}.__contains__,
}
