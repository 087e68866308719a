"""The back office (Django admin); it shows no billing."""

from customers.dashboard.admin import (
    disclosure,
    group,
    organization,
    security_event,
    sync_run,
    user,
)

__all__ = ["disclosure", "group", "organization", "security_event", "sync_run", "user"]
