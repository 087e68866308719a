"""Pauses after three attempts."""

import pytest


@pytest.fixture(autouse=True)
def three_attempts(settings, db):
    settings.SIGN_IN_ATTEMPTS = 3
