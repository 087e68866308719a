"""System checks that explain a dangerous setting before it does harm."""

from typing import Any

from django.conf import settings
from django.core import checks

from customers.upstream.client import is_loopback


@checks.register
def check_upstream_is_private(**_: Any) -> list[checks.CheckMessage]:
    url = settings.CATALYZE_BASE_URL
    if url.startswith("https://") or is_loopback(url):
        return []
    return [
        checks.Error(
            "CATALYZE_BASE_URL is plain http to another machine: credentials and billing data "
            "would travel unencrypted.",
            hint="Use https://; plain http is possible to this machine only.",
            id="billing_portal.E001",
        )
    ]


@checks.register
def check_debug_is_for_the_sandbox(**_: Any) -> list[checks.CheckMessage]:
    if not settings.DEBUG or is_loopback(settings.CATALYZE_BASE_URL):
        return []
    return [
        checks.Warning(
            "DEBUG is on while a real upstream is asked: error pages would show billing data.",
            hint="Set DEBUG=off.",
            id="billing_portal.W001",
        )
    ]
