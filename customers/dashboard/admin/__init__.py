"""The back office (Django admin); it shows no billing."""

from customers.dashboard.admin import group, organization, security_event, sync_run, user, view

__all__ = ["group", "organization", "security_event", "sync_run", "user", "view"]
