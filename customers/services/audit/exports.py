from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from customers.models import SecurityEvent
from customers.services.accounts.security_events import record_event


def record_export(
    what: str,
    format_: str,
    user: AbstractBaseUser | None = None,
    options: Mapping[str, Any] | None = None,
) -> None:
    """Before the first line is written. `options` are those that were given."""
    detail = {"what": what, "format": format_, "options": dict(options or {})}
    record_event(SecurityEvent.Code.EXPORTED, user=user, detail=detail)
