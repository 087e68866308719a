"""A log whose guards are off, as only the owner of its tables can switch them off."""

import pytest

from customers.models import Disclosure
from customers.services.disclosures import triggers as disclosure_triggers
from tests.helpers.disclosures.disclosure_log import fill_log
from tests.helpers.rows import make_customer


@pytest.fixture
def log(ana, ben, northwind, monkeypatch):
    fill_log(ana, make_customer(northwind, checked_with=ben), monkeypatch)
    disclosure_triggers.drop()
    return list(Disclosure.objects.order_by("pk"))
