"""The back office (Django admin); it shows no billing."""

from customers.dashboard.admin import (
    api_token,
    disclosure,
    group,
    organization,
    security_event,
    sync_run,
    user,
)

__all__ = ["api_token", "disclosure", "group", "organization", "security_event", "sync_run", "user"]
