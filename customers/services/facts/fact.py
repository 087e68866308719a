"""What there is to declare of one fact."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Literal

from django.utils.functional import Promise

from customers.models import Customer
from customers.services.wording.fact_words import plain_words
from customers.upstream.stripe.stripe_customer import StripeCustomer


class History(Enum):
    """What the history tells of another value."""

    UNTRACKED = auto()
    METHOD = auto()
    EXPIRY = auto()
    DELINQUENCY = auto()
    BALANCE = auto()
    SUBSCRIPTIONS = auto()
    VALUE = auto()  # a sentence of its own, from what to what
    DETAIL = auto()  # that it changed, if nothing else did


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact about a customer, as one answer tells it."""

    name: str  # the column of Customer, and its name in URLs, the history and programs
    label: Promise  # as it stands within a sentence; headings capitalize it
    read: Callable[[StripeCustomer], Any]  # what the column holds of an answer
    words: Callable[..., str] = plain_words  # of its value, and of those `beside` it if given
    beside: tuple[str, ...] = ()
    history: History = History.UNTRACKED
    is_filter: bool = False  # of lists; needs an index that begins with the column
    sorts: tuple[tuple[str, Promise], ...] = ()  # orders of lists, as URLs and people call them
    is_column: bool = False  # whether lists and the API may show it
    # Where an organization's page lists it, unless empty; "" if a template has a place for it.
    panel: Literal["", "account", "method"] = ""

    @property
    def is_tracked(self) -> bool:
        return self.history is not History.UNTRACKED

    def said(self, customer: Customer) -> str:
        """What `customer` has there, in words; "" if that is nothing."""
        return self.words(*(getattr(customer, name) for name in (self.name, *self.beside)))
