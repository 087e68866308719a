"""A log whose guards are off, as only the owner of its tables can switch them off."""

import pytest

from customers.models import Customer, Disclosure
from customers.services.disclosures import triggers as disclosure_triggers
from customers.services.disclosures.chain import verify_log
from customers.services.disclosures.log import record
from customers.services.disclosures.verified_positions import Run
from tests.helpers.disclosures.disclosure_log import fill_log
from tests.helpers.rows import make_customer


@pytest.fixture
def log(ana, ben, northwind, monkeypatch):
    fill_log(ana, make_customer(northwind, checked_with=ben), monkeypatch)
    disclosure_triggers.drop()
    return list(Disclosure.objects.order_by("pk"))


@pytest.fixture
def look(ana):
    return lambda times=1: record(ana, [Customer.objects.get()] * times, "page")


@pytest.fixture
def noted(log, look):
    """Entries 3 to 7 were verified; 8 to 10 are new."""
    verify_log(run=Run.NEW)
    look(3)
