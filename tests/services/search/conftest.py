"""Clinics that texts name."""

from datetime import date

import pytest

from customers.models import Customer
from tests.helpers.rows import show
from tests.helpers.search.clinics import AMBER, OAK


@pytest.fixture
def clinics(ana, anas):
    show(
        ana,
        AMBER,
        name="Amber Cardiology Clinic",
        email="billing@amber.example",
        customer_id="cus_Amber",
        brand="MasterCard",
        last4="2877",
        exp_month=5,
        exp_year=2031,
        expires_on=date(2031, 5, 31),
    )
    show(
        ana,
        OAK,
        name="Oak Ending Labs",
        email="pay@oak.example",
        customer_id="cus_Oak",
        brand="Visa",
        last4="4512",
        exp_month=7,
        exp_year=2029,
        expires_on=date(2029, 7, 31),
    )
    none = {"state": Customer.State.NONE, "brand": "", "last4": "", "customer_id": ""}
    show(ana, "empty-1", name="Empty House", **none)
    account = {"state": Customer.State.BANK_ACCOUNT, "brand": "", "last4": "6789"}
    show(ana, "bank-1", name="Banked", **account)
    show(ana, "year-1", name="Vintage", last4="2026")
    show(ana, "phone-1", name="Dialer", last4="1142", email="d@dialer.example")
    return ana
