"""The back office: no list is filtered by more than it declares, and none shows billing."""

from customers.dashboard.admin import organization, sync_run, user, view

__all__ = ["organization", "sync_run", "user", "view"]
