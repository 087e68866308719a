from datetime import datetime

from ninja import Schema
from pydantic import Field

from customers.api.schemas.envelope import Enveloped, HowKnown, ListAnswer
from customers.api.schemas.facts import Facts
from customers.api.schemas.payment import PaymentMethod, Subscription
from customers.services.search.clues import LONGEST_TICKET


class WholeFacts(Facts):
    payment_method: PaymentMethod | None = Field(
        description="What would be charged; null unless the state is card, bank_account or other."
    )
    other_methods: list[PaymentMethod] | None = Field(description="On file beside it.")
    subscriptions: list[Subscription] | None
    reply: dict[str, str] | None = Field(
        description="A dated text for the customer, by language, safe to send as it is; null for a "
        "past moment.",
        examples=[{"en": "The card on file for … is valid through 05/2031. (As of 30 Nov 2026.)"}],
    )


class OrganizationAnswer(Enveloped):
    data: WholeFacts
    known_from: datetime | None = Field(
        None, description="With as_of: when an answer first said so."
    )
    known_until: datetime | None = Field(
        None, description="With as_of: when an answer last said so."
    )


class OrganizationRow(Facts, HowKnown):
    """The facts of one organization in a list, with how the portal knows them."""


class OrganizationsAnswer(ListAnswer):
    data: list[OrganizationRow]


class Hit(OrganizationRow):
    fits: list[str] = Field(description="What in the text fits.")
    against: list[str] = Field(description="What in the text speaks against it.")


class SearchAnswer(ListAnswer):
    data: list[Hit]
    next: None = Field(
        description="Always null: these are the best hits, and count says how many fit. Narrow the "
        "text, or follow GET /orgs with q."
    )
    opens: str | None = Field(
        description="The org id that the text is about, if nothing in it speaks against that; it "
        "may be one that you have not proved, so ask for it before you rely on it."
    )
    not_found: list[str] = Field(description="Clues in the text that no visible organization has.")


class SearchText(Schema):
    text: str = Field(
        description="A ticket, an e-mail, a name, an id or the digits of a card.",
        min_length=1,
        max_length=LONGEST_TICKET,
    )
