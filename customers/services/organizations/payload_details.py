"""What the organization page shows from the stored payload, beyond the columns."""

from customers.models import Customer
from customers.upstream.stripe.stripe_customer import StripeCustomer, parse_customer


def details_of(customer: Customer) -> StripeCustomer | None:
    """The customer as it was sent; None for a 400, which has no payload."""
    payload = getattr(customer, "payload", None)
    return parse_customer(payload.decoded) if payload else None


def stripe_url(customer: Customer) -> str:
    """The customer in Stripe's dashboard, or "" if the id is not a customer's."""
    if not customer.customer_id.startswith("cus_") or not customer.customer_id[4:].isalnum():
        return ""
    mode = "" if customer.livemode else "test/"
    return f"https://dashboard.stripe.com/{mode}customers/{customer.customer_id}"
