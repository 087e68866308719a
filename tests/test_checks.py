"""The system checks that explain a dangerous setting before it does harm."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from customers.checks import (
    check_debug_is_for_the_sandbox,
    check_keys_are_ones_own,
    check_machines_share_a_database,
    check_the_schedule_can_be_read,
    check_the_upstream_is_real,
)

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


@pytest.mark.parametrize("key", ["change-me-" * 6, "tiny key", "a" * 60])
def test_a_weak_secret_key_with_a_real_upstream_is_said(settings, key):
    settings.CATALYZE_BASE_URL = ELSEWHERE[0]
    settings.SECRET_KEY = key

    (message,) = check_keys_are_ones_own()

    assert "SECRET_KEY" in message.msg
    assert key not in f"{message.msg} {message.hint}"


def test_the_credential_key_of_the_example_with_a_real_upstream_is_said(settings):
    example = (settings.BASE_DIR / ".env.example").read_text()
    settings.CATALYZE_BASE_URL = ELSEWHERE[0]
    settings.CREDENTIAL_KEYS = [*settings.CREDENTIAL_KEYS, value_of("CREDENTIAL_KEYS", example)]

    (message,) = check_keys_are_ones_own()

    assert "CREDENTIAL_KEYS" in message.msg


def test_the_secret_key_of_the_example_counts_as_weak(settings):
    settings.CATALYZE_BASE_URL = ELSEWHERE[0]
    settings.SECRET_KEY = value_of("SECRET_KEY", (settings.BASE_DIR / ".env.example").read_text())

    assert [message.id for message in check_keys_are_ones_own()] == ["billing_portal.E002"]


def test_keys_of_ones_own_are_fine(settings):
    settings.CATALYZE_BASE_URL = ELSEWHERE[0]

    assert check_keys_are_ones_own() == []


@pytest.mark.parametrize("broker", ["redis://10.0.0.7:6379/0", "", "memory://"])
def test_sqlite_for_several_machines_is_said(settings, broker):
    settings.CELERY_BROKER_URL = broker

    found = check_machines_share_a_database()

    assert bool(found) == (connection.vendor == "sqlite" and broker.startswith("redis"))


@pytest.mark.parametrize(("url", "warns"), [(HERE[0], True), (ELSEWHERE[0], False)])
def test_a_sandbox_in_a_deployment_is_said(settings, url, warns):
    settings.CATALYZE_BASE_URL = url

    assert bool(check_the_upstream_is_real()) == warns


def value_of(name, text):
    return next(line.partition("=")[2] for line in text.splitlines() if line.startswith(f"{name}="))


def test_the_schedule_of_the_portal_can_be_read():
    assert check_the_schedule_can_be_read() == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0 2 * * *  manage.py back_up f\n0 25 * * *  manage.py clearsessions\n", "read: 2."),
        ("0 2 * * *  /usr/bin/certbot renew\n", "schedules no command of the portal"),
        (None, "cannot be read, or schedules no command"),
    ],
)
def test_a_schedule_that_cannot_be_read_is_said(settings, tmp_path, text, said):
    settings.CRONTAB = tmp_path / "crontab"
    if text:
        settings.CRONTAB.write_text(text)

    (message,) = check_the_schedule_can_be_read()

    assert said in message.msg
    assert "CRONTAB" in message.hint
