"""What a search finds, by name."""

from customers.models import Customer
from customers.services.search.find import search

ORG_ID = "5e9ba0d3-5a3c-4b5e-9d2e-0123456789ab"
UNKNOWN = "00000000-0000-4000-8000-000000000000"


def hits(text):
    found = search(Customer.objects.all(), text)
    return sorted(found.values_list("organization__name", flat=True))
