"""Whether a customer that has been read is on a worklist; tests compare it with the queries."""

from collections.abc import Callable
from datetime import date

from customers.models import Customer
from customers.services.wording.expiry import warned_until

_CANNOT_TELL = {Customer.State.UNLISTED, Customer.State.UNKNOWN}


def _expires_before_renewal(customer: Customer, day: date) -> bool:
    last_day, renewal = customer.charged_expires_on, customer.charged_renews_on
    if last_day is None:
        return False
    if renewal is None:
        return last_day <= warned_until(day)
    return last_day < renewal or (renewal < day and last_day <= warned_until(day))


# By worklist: on that day, with these facts.
IS_ON: dict[str, Callable[[Customer, date], bool]] = {
    "delinquent": lambda customer, day: customer.delinquent is True,
    "expired": lambda customer, day: customer.expires_on is not None and customer.expires_on < day,
    "expires-before-renewal": _expires_before_renewal,
    "no-payment-method": lambda customer, day: customer.state == Customer.State.NONE,
    "first-payment-outstanding": lambda customer, day: customer.first_payment_outstanding,
    "unclear": lambda customer, day: customer.state in _CANNOT_TELL,
}
