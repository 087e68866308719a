"""What is read of the users of sessions."""

import pytest
from django_otp.plugins.otp_totp.models import TOTPDevice

from customers.services.accounts.second_factor import factor_of
from customers.services.accounts.session_users import SessionUsers, session_factor


@pytest.mark.parametrize("devices", [[], [False], [True], [False, True, True]], ids=str)
def test_the_second_factor_of_a_session_is_the_confirmed_one(ana, devices):
    for is_confirmed in devices:
        TOTPDevice.objects.create(user=ana, key="ab" * 20, confirmed=is_confirmed)

    user = SessionUsers().get_user(ana.pk)

    assert session_factor(user) == factor_of(ana)
    assert (factor_of(ana) is None) == (True not in devices)
