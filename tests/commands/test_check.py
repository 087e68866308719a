"""`check --tag audit` explains what falls short of PCI DSS 8, and only when it is asked."""

from datetime import timedelta

import pytest

from tests.helpers.commands import run

LENGTH = "django.contrib.auth.password_validation.MinimumLengthValidator"
STRICT = {
    "SESSION_IDLE_TIMEOUT": timedelta(minutes=15),
    "SIGN_IN_ATTEMPTS": 10,
    "SIGN_IN_PAUSE": timedelta(minutes=30),
    "REQUIRE_SECOND_FACTOR": True,
    "SESSION_COOKIE_SECURE": True,
    "SECURE_SSL_REDIRECT": True,
}
SHORT = [
    ("W101", "8.2.8", "SESSION_IDLE_TIMEOUT=15m", {"SESSION_IDLE_TIMEOUT": timedelta(minutes=16)}),
    ("W102", "8.3.4", "SIGN_IN_ATTEMPTS=10", {"SIGN_IN_ATTEMPTS": 11}),
    ("W103", "8.3.4", "SIGN_IN_PAUSE=30m", {"SIGN_IN_PAUSE": timedelta(minutes=29)}),
    ("W104", "8.4.2", "REQUIRE_SECOND_FACTOR=on", {"REQUIRE_SECOND_FACTOR": False}),
    (
        *("W105", "8.3.6", "min_length"),
        {"AUTH_PASSWORD_VALIDATORS": [{"NAME": LENGTH, "OPTIONS": {"min_length": 11}}]},
    ),
    ("W105", "8.3.6", "min_length", {"AUTH_PASSWORD_VALIDATORS": []}),
    ("W106", "8.3.2", "SESSION_COOKIE_SECURE=on", {"SESSION_COOKIE_SECURE": False}),
    ("W106", "8.3.2", "SECURE_SSL_REDIRECT=on", {"SECURE_SSL_REDIRECT": False}),
]


@pytest.fixture
def strict(settings):
    for name, value in STRICT.items():
        setattr(settings, name, value)
    return settings


def test_strict_settings_fall_short_of_nothing(strict):
    ran = run("check", "--tag=audit", "--fail-level=WARNING")

    assert ran.code == 0
    assert "WARNINGS" not in ran.err
    assert "stores no card numbers" in ran.err
    assert "leave passwords to single sign-on" in ran.err


@pytest.mark.parametrize(("key", "requirement", "remedy", "changed"), SHORT)
def test_what_falls_short_is_explained(strict, key, requirement, remedy, changed):
    for name, value in changed.items():
        setattr(strict, name, value)

    ran = run("check", "--tag=audit")

    assert ran.code == 0
    assert f"billing_portal.{key}" in ran.err
    assert f"(PCI DSS {requirement})" in ran.err
    assert remedy in ran.err
    assert ran.err.count("HINT") == 1
    assert run("check", "--tag=audit", "--fail-level=WARNING").code == 1


def test_passwords_that_nobody_has_fall_short_of_nothing(strict):
    strict.LOCAL_SIGN_IN = "off"
    strict.SIGN_IN_ATTEMPTS, strict.SIGN_IN_PAUSE = 1000, timedelta(minutes=1)
    strict.AUTH_PASSWORD_VALIDATORS = []

    ran = run("check", "--tag=audit", "--fail-level=WARNING")

    assert (ran.code, "passwords need no digit" in ran.err) == (0, False)
    strict.REQUIRE_SECOND_FACTOR = False
    assert "W104" in run("check", "--tag=audit").err


@pytest.mark.parametrize("arguments", [(), ("--deploy",), ("--tag=security",)])
def test_nothing_is_said_of_it_unless_it_is_asked_for(strict, arguments):
    strict.SIGN_IN_ATTEMPTS = 1000

    ran = run("check", *arguments)

    assert "PCI" not in ran.out + ran.err


def test_the_tag_is_listed():
    assert "audit" in run("check", "--list-tags").out.split()
