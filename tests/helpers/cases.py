"""How the case of a customer stands, and on which values of the filter `case` it is."""

from datetime import date

from django.contrib.auth.models import User

from customers.models import Customer
from customers.services.cases.standing import STANDINGS, standing
from customers.services.wording.expiry import today


def standing_of(customer: Customer, day: date | None = None) -> str:
    rows = Customer.objects.filter(pk=customer.pk)
    return rows.values_list(standing(day or today()), flat=True).get()


def filters_of(user: User, customer: Customer, day: date | None = None) -> set[str]:
    rows = Customer.objects.filter(pk=customer.pk)
    on = day or today()
    return {key for key, holds in STANDINGS.items() if rows.filter(holds(user, on)).exists()}
