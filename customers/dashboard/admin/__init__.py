"""The back office: groups are Django's own; these are ours. None shows billing."""

from customers.dashboard.admin import organization, sync_run, user, view

__all__ = ["organization", "sync_run", "user", "view"]
