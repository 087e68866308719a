"""Settings that fall short of PCI DSS 4.0.1, requirement 8: `check --tag audit`."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import checks

from customers.services.single_sign_on.configuration import OFF

AUDIT = "audit"
_IDLE, _PAUSE, _ATTEMPTS, _LENGTH = timedelta(minutes=15), timedelta(minutes=30), 10, 12
_LENGTH_VALIDATOR = "django.contrib.auth.password_validation.MinimumLengthValidator"
_EXPLAINED = (
    checks.Info(
        "The portal stores no card numbers, only brands and last four digits: PCI DSS asks this of "
        "it only where your assessor counts it among the systems connected to cardholder data.",
        id="billing_portal.I100",
    ),
    checks.Info(
        "The portal's own passwords need no digit, and a former one may be used again (PCI DSS "
        "8.3.6, 8.3.7): where that is asked, leave passwords to single sign-on.",
        id="billing_portal.I101",
    ),
)
_is_asked: ContextVar[bool] = ContextVar("audit", default=False)


@contextmanager
def audit_asked() -> Iterator[None]:
    """Django runs the checks of all tags unless some are named; these answer only inside."""
    token = _is_asked.set(True)
    try:
        yield
    finally:
        _is_asked.reset(token)


@checks.register(AUDIT)
def check_what_an_audit_asks(**_: Any) -> list[checks.CheckMessage]:
    if not _is_asked.get():
        return []
    short = [
        checks.Warning(f"{sentence} (PCI DSS {requirement})", hint=hint, id=f"billing_portal.{key}")
        for key, requirement, sentence, hint in _falls_short()
    ]
    return [*short, *(_EXPLAINED if _has_passwords() else _EXPLAINED[:1])]


def _falls_short() -> Iterator[tuple[str, str, str, str]]:
    """An id, the requirement, what is short of it, and what to set."""
    if settings.SESSION_IDLE_TIMEOUT > _IDLE:
        yield (
            *("W101", "8.2.8"),
            "Sessions stay open for more than 15 minutes without a page being opened.",
            "Set SESSION_IDLE_TIMEOUT=15m; what somebody was writing is kept.",
        )
    if _has_passwords():
        yield from _of_passwords()
    if not settings.REQUIRE_SECOND_FACTOR:
        yield (
            *("W104", "8.4.2"),
            "Users may sign in without a second factor.",
            "Set REQUIRE_SECOND_FACTOR=on. Passwords then need not be changed every 90 days "
            "(8.3.9).",
        )
    if not settings.SESSION_COOKIE_SECURE or not settings.SECURE_SSL_REDIRECT:
        yield (
            *("W106", "8.3.2"),
            "Passwords and sessions may travel unencrypted.",
            "Set SECURE_SSL_REDIRECT=on and SESSION_COOKIE_SECURE=on.",
        )


def _of_passwords() -> Iterator[tuple[str, str, str, str]]:
    if settings.SIGN_IN_ATTEMPTS > _ATTEMPTS:
        yield (
            *("W102", "8.3.4"),
            "Sign-in pauses only after more than 10 wrong passwords.",
            "Set SIGN_IN_ATTEMPTS=10.",
        )
    if settings.SIGN_IN_PAUSE < _PAUSE:
        yield (
            *("W103", "8.3.4"),
            "Sign-in pauses for less than 30 minutes.",
            "Set SIGN_IN_PAUSE=30m.",
        )
    if _shortest_password() < _LENGTH:
        yield (
            *("W105", "8.3.6"),
            "Passwords may be shorter than 12 characters.",
            "Set min_length of MinimumLengthValidator to 12.",
        )


def _has_passwords() -> bool:
    """Otherwise the provider of single sign-on has them, with its own rules."""
    return bool(settings.LOCAL_SIGN_IN != OFF)


def _shortest_password() -> int:
    lengths = [
        int(validator.get("OPTIONS", {}).get("min_length", 8))
        for validator in settings.AUTH_PASSWORD_VALIDATORS
        if validator["NAME"] == _LENGTH_VALIDATOR
    ]
    return max(lengths, default=0)
