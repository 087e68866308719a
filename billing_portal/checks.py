"""System checks that explain a dangerous setting before it does harm."""

from typing import Any

from django.conf import settings
from django.core import checks

from customers.upstream.loopback import is_loopback


@checks.register
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
