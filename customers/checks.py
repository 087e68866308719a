import base64
import logging
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connection

from customers.dashboard.static_files import REMEDY, not_collected
from customers.services.operations.crontab import portal_crontab
from customers.upstream.loopback import is_loopback

logger = logging.getLogger(__name__)
_SHORTEST_KEY, _CHARACTERS = 50, 5
_PORTAL = "portal"  # a tag: doctor runs these checks too
_PLACEHOLDER = "change-me"


@checks.register(_PORTAL)
def check_debug_is_for_the_sandbox(**_: Any) -> list[checks.CheckMessage]:
    if not settings.DEBUG or is_loopback(settings.CATALYZE_BASE_URL):
        return []
    return [
        checks.Error(
            "DEBUG is on while a real upstream is asked: error pages would show billing data.",
            hint="Set DEBUG=off.",
            id="billing_portal.E001",
        )
    ]


@checks.register(_PORTAL)
def check_keys_are_ones_own(**_: Any) -> list[checks.CheckMessage]:
    """Only the sandbox may use the public keys of the examples."""
    if is_loopback(settings.CATALYZE_BASE_URL):
        return []
    found: list[checks.CheckMessage] = []
    is_weak = (
        len(settings.SECRET_KEY) < _SHORTEST_KEY or len(set(settings.SECRET_KEY)) < _CHARACTERS
    )
    if is_weak or _PLACEHOLDER in settings.SECRET_KEY.lower():
        found.append(
            checks.Error(
                "SECRET_KEY is short or well known: whoever guesses it can sign in as anybody.",
                hint="Set 50 random characters or more.",
                id="billing_portal.E002",
            )
        )
    if any(_PLACEHOLDER.encode() in _decoded(key) for key in settings.CREDENTIAL_KEYS):
        found.append(
            checks.Error(
                "CREDENTIAL_KEYS holds the key of the example: it protects no credentials.",
                hint="Put a new one in front, run rotate_credential_keys, and remove this one.",
                id="billing_portal.E003",
            )
        )
    return found


@checks.register(_PORTAL)
def check_machines_share_a_database(**_: Any) -> list[checks.CheckMessage]:
    broker = settings.CELERY_BROKER_URL
    if connection.vendor != "sqlite" or not broker or broker.startswith("memory:"):
        return []
    return [
        checks.Warning(
            "CELERY_BROKER_URL is set, but the database is SQLite: workers on other machines "
            "would each have an empty database of their own.",
            hint="Set DATABASE_URL to a PostgreSQL database that all machines reach.",
            id="billing_portal.W001",
        )
    ]


@checks.register(_PORTAL, deploy=True)
def check_the_schedule_can_be_read(**_: Any) -> list[checks.CheckMessage]:
    crontab = portal_crontab()
    if crontab.entries and not crontab.unreadable:
        return []
    lines = ", ".join(str(number) for number in crontab.unreadable)
    return [
        checks.Warning(
            f"Lines of {settings.CRONTAB} that cannot be read: {lines}. The commands in them are "
            "not on the page of the schedule, and no alert tells that they do not run."
            if lines
            else f"{settings.CRONTAB} cannot be read, or schedules no command of the portal: "
            "nothing tells if one does not run.",
            hint="CRONTAB names the crontab that runs the portal's commands, such as "
            "deploy/crontab.",
            id="billing_portal.W003",
        )
    ]


@checks.register(_PORTAL, deploy=True)
def check_the_upstream_is_real(**_: Any) -> list[checks.CheckMessage]:
    if not is_loopback(settings.CATALYZE_BASE_URL):
        return []
    return [
        checks.Warning(
            "CATALYZE_BASE_URL is on this machine: every page says that its data is made up.",
            hint="Set the address of your deployment, with https.",
            id="billing_portal.W002",
        )
    ]


@checks.register(checks.Tags.staticfiles, deploy=True)
def check_static_files_are_collected(**_: Any) -> list[checks.CheckMessage]:
    missing = [] if settings.DEBUG else not_collected()
    if not missing:
        return []
    return [
        checks.Error(
            f"{len(missing)} static files have not been collected, such as {missing[0]}: pages "
            "that need one answer 503.",
            hint=REMEDY,
            id="billing_portal.E004",
        )
    ]


def log_what_is_not_collected() -> None:
    """Servers do not run system checks, so log it."""
    for found in check_static_files_are_collected():
        logger.error("%s %s", found.msg, found.hint)


def _decoded(key: str) -> bytes:
    return base64.urlsafe_b64decode(key).lower()
