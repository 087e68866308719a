"""The back office: no list is filtered by more than it declares, and none shows billing."""

from customers.dashboard.admin import group, organization, security_event, sync_run, user, view

__all__ = ["group", "organization", "security_event", "sync_run", "user", "view"]
