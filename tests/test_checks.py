"""The system checks that explain a dangerous setting before it does harm."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from billing_portal.checks import check_debug_is_for_the_sandbox

HERE = ["http://127.0.0.1:8900", "http://localhost:8900", "http://[::1]:8900"]
ELSEWHERE = ["https://api.example.com", "https://127.0.0.1.example.com", "https://10.0.0.1"]


@pytest.mark.parametrize("url", ELSEWHERE)
def test_debug_with_a_real_upstream_is_said(settings, url):
    settings.DEBUG = True
    settings.CATALYZE_BASE_URL = url

    (message,) = check_debug_is_for_the_sandbox()

    assert "DEBUG" in message.msg
    assert message.hint == "Set DEBUG=off."
    assert message.id.startswith("billing_portal.")


def test_debug_with_a_real_upstream_stops_every_command_that_checks(settings):
    settings.DEBUG = True
    settings.CATALYZE_BASE_URL = "https://api.example.com"

    with pytest.raises(SystemCheckError, match="DEBUG is on while a real upstream is asked"):
        call_command("check")


@pytest.mark.parametrize("url", HERE)
def test_debug_at_the_sandbox_is_fine(settings, url):
    settings.DEBUG = True
    settings.CATALYZE_BASE_URL = url

    assert check_debug_is_for_the_sandbox() == []


@pytest.mark.parametrize("url", [*HERE, *ELSEWHERE])
def test_no_debug_is_fine(settings, url):
    settings.DEBUG = False
    settings.CATALYZE_BASE_URL = url

    assert check_debug_is_for_the_sandbox() == []
