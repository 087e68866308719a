"""The back office: users, groups, organizations, sync runs, and what is recorded. No billing."""

from customers.dashboard.admin import group, organization, security_event, sync_run, user, view

__all__ = ["group", "organization", "security_event", "sync_run", "user", "view"]
