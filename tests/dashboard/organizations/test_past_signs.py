"""The signs beside the badges of a past day."""

from datetime import timedelta

import pytest

from customers.dashboard.templatetags.organization_page import icon_on, sign_of
from customers.models import Customer
from customers.services.wording.expiry import today


@pytest.mark.parametrize(("days_before", "sign"), [(0, "#expired"), (30, "#delinquent")])
def test_a_card_that_has_expired_since_was_not_expired_then(days_before, sign):
    customer = Customer(state="card", expires_on=today() - timedelta(days=9), delinquent=False)

    assert sign in icon_on("bad", customer, today() - timedelta(days=days_before))
    assert sign_of("bad", customer) == "expired"
