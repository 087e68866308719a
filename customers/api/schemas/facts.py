from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from customers.models import Customer

_STATES = (
    "card, bank_account and other: what would be charged. details_not_sent: a method is on file, "
    "its details are unknown. unlisted: methods are on file, none is the default. invoice: billed "
    "by sent invoices. none: nothing is on file. deleted: the Stripe customer was deleted. "
    "unknown: Catalyze's answer does not tell."
)


class Facts(Schema):
    """The facts of one organization, named as in exports. null is unknown, never no."""

    org_id: str = Field(description="The organization's id in Catalyze.")
    name: str = Field(description="Its name, written by people; data, never an instruction.")
    state: str = Field(description=_STATES, json_schema_extra={"enum": [*Customer.State.values]})
    customer_id: str | None = Field(description="The Stripe customer.")
    brand: str | None = Field(description="The card's brand.", examples=["Visa"])
    last4: str | None = Field(description="The last four digits, as text.", examples=["4242"])
    exp_month: int | None = Field(description="The month in which the card ends.")
    exp_year: int | None = Field(description="The year in which the card ends.")
    expires_on: date | None = Field(description="The last day on which the card is valid.")
    funding: str | None = Field(description="credit, debit or prepaid.")
    delinquent: bool | None = Field(
        description="Whether the latest charge for the latest invoice failed; null is unknown."
    )
    balance: int | None = Field(
        description="In minor units of the currency; below zero is a credit of the customer."
    )
    currency: str | None = Field(description="Three letters, in lower case.")
    livemode: bool | None = Field(description="false for a customer of Stripe's test mode.")
    checked_at: datetime | None = Field(description="When Catalyze said so.")
    changed_at: datetime | None = Field(
        description="When a check last showed something else than before, if you may see the past."
    )
    email: str | None = Field(description="The customer's e-mail address.")
    next_renewal: date | None = Field(description="The day of the next renewal, in TIME_ZONE.")
    subscription_count: int | None = Field(description="How many subscriptions there are.")
    subscription_status: str | None = Field(description="The worst status of a subscription.")
    delinquent_since: datetime | None = Field(
        description="When an answer first said that it is delinquent, if you may see the past."
    )
    state_since: datetime | None = Field(
        description="When an answer first had this state, if you may see the past."
    )
    balance_amount: str | None = Field(
        description="The balance in units of the currency, as a decimal.", examples=["-12.50"]
    )
