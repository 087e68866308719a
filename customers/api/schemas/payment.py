from datetime import date, datetime

from ninja import Schema
from pydantic import Field


class PaymentMethod(Schema):
    """What would be charged, or is on file beside it. null is unknown."""

    id: str | None
    kind: str | None = Field(
        description="null if Catalyze names the method but sent no details.",
        json_schema_extra={"enum": ["card", "bank_account", "other", None]},
    )
    type: str | None = Field(description="Stripe's name for it, such as card or sepa_debit.")
    brand: str | None
    last4: str | None
    wallet: str | None = Field(description="Such as apple_pay.")
    dynamic_last4: str | None = Field(description="Of the number that the wallet pays with.")
    exp_month: int | None
    exp_year: int | None
    expires_on: date | None = Field(description="The last day on which it is valid.")
    funding: str | None
    country: str | None = Field(description="Of the bank that issued it.")
    cvc_check: str | None = Field(description="What the bank said of it: pass, fail, …")
    address_line1_check: str | None
    address_zip_check: str | None
    holder_name: str | None
    bank_name: str | None


class SubscriptionItem(Schema):
    name: str | None
    quantity: int | None
    unit_amount: str | None = Field(description="A decimal in minor units of the currency.")
    total: int | None = Field(description="In minor units; null if unknown or if it varies.")
    currency: str | None
    interval: str | None = Field(description="How often it is charged: month, year, 3 months, …")
    varies: bool = Field(description="Whether the cost depends on use or on Stripe's rounding.")


class Subscription(Schema):
    id: str | None
    status: str | None = Field(description="Stripe's, or paused.")
    is_live: bool = Field(description="Whether it may still charge.")
    is_invoiced: bool = Field(description="Whether Stripe sends invoices instead of charging.")
    items: list[SubscriptionItem]
    has_more_items: bool = Field(description="Whether Stripe has items that were not sent.")
    current_period_end: datetime | None
    renews_at: datetime | None = Field(description="null if it does not renew or is unknown.")
    trial_ends_at: datetime | None
    ends_at: datetime | None = Field(description="When it is going to end.")
    ended_at: datetime | None
    pauses_until: datetime | None
    payment_method: PaymentMethod | None = Field(
        description="Charged instead of the customer's; null if it has none of its own."
    )
