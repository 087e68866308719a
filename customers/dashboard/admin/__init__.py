"""The back office: no list is filtered by more than it declares, and none shows billing."""

from customers.dashboard.admin import (
    disclosure,
    group,
    organization,
    security_event,
    sync_run,
    user,
)

__all__ = ["disclosure", "group", "organization", "security_event", "sync_run", "user"]
