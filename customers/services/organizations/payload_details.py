"""What the organization page shows beyond the columns: read from the stored payload."""

from customers.models import Customer
from customers.upstream.stripe.stripe_customer import StripeCustomer, parse_customer


def details_of(customer: Customer) -> StripeCustomer | None:
    """The whole customer as it was sent, or None for a 400, which sent none."""
    payload = getattr(customer, "payload", None)
    return parse_customer(payload.decoded) if payload else None


def stripe_url(customer: Customer) -> str:
    """The customer in Stripe's dashboard, or an empty text when that would not be a customer's."""
    if not customer.customer_id.startswith("cus_") or not customer.customer_id[4:].isalnum():
        return ""
    mode = "" if customer.livemode else "test/"
    return f"https://dashboard.stripe.com/{mode}customers/{customer.customer_id}"
