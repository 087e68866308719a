from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Literal

from django.utils.functional import Promise

from customers.models import Customer
from customers.services.wording.fact_words import plain_words
from customers.upstream.stripe.stripe_customer import StripeCustomer


class History(Enum):
    UNTRACKED = auto()
    METHOD = auto()
    EXPIRY = auto()
    DELINQUENCY = auto()
    BALANCE = auto()
    SUBSCRIPTIONS = auto()
    VALUE = auto()  # a sentence with the old and the new value
    DETAIL = auto()  # only "details changed", if nothing else did


@dataclass(frozen=True, slots=True)
class Fact:
    name: str  # the column of Customer, and its name in URLs, the history and programs
    label: Promise  # as within a sentence; headings capitalize it
    read: Callable[[StripeCustomer], Any]  # what the column holds of an answer
    words: Callable[..., str] = plain_words  # for its value, and those of the columns in `beside`
    beside: tuple[str, ...] = ()
    history: History = History.UNTRACKED
    is_filter: bool = False  # of lists; needs an index that begins with the column
    sorts: tuple[tuple[str, Promise], ...] = ()  # sort orders: name in URLs, label
    is_column: bool = False  # whether lists and the API may show it
    # The panel of the page that lists it if not empty; "" if a template places it.
    panel: Literal["", "account", "method"] = ""

    @property
    def is_tracked(self) -> bool:
        return self.history is not History.UNTRACKED

    def said(self, customer: Customer) -> str:
        return self.words(*(getattr(customer, name) for name in (self.name, *self.beside)))
