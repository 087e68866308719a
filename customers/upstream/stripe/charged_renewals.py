"""Which renewals charge which card, as far as one answer shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from customers.upstream.stripe.stripe_customer import StripeCustomer


@dataclass(frozen=True, slots=True)
class ChargedRenewal:
    """A renewal, and the last day of the card that it charges."""

    expires_on: date
    renews_at: datetime | None  # None if unknown


def charged_renewals(stripe: StripeCustomer) -> Iterator[ChargedRenewal]:
    """One per subscription that renews; a subscription that was not sent may renew on any day."""
    default = None if stripe.is_named_by_subscription else stripe.payment_method
    for one in stripe.subscriptions:
        if one.is_invoiced or not (one.renews_at or one.may_renew_any_day):
            continue
        method = one.method.details if one.method else default
        if method and method.expires_on:
            yield ChargedRenewal(method.expires_on, one.renews_at)
    count = stripe.subscription_count
    has_others = count is None or count > len(stripe.subscriptions)
    if has_others and default and default.expires_on:
        yield ChargedRenewal(default.expires_on, None)
