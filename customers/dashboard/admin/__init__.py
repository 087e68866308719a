"""The back office: users and groups are Django's own; these are ours. None shows billing data."""

from customers.dashboard.admin import organization, sync_run, view

__all__ = ["organization", "sync_run", "view"]
