"""Sync runs in the back office."""

from django.contrib import admin

from customers.dashboard.admin.read_only import ReadOnlyAdmin
from customers.models import SyncRun


@admin.register(SyncRun)
class SyncRunAdmin(ReadOnlyAdmin):
    list_display = ("started_at", "ended_at", "started_by", "ending", "counted")
    list_filter = ("ending",)
    date_hierarchy = "started_at"

    @admin.display(description="organizations by outcome")
    def counted(self, run: SyncRun) -> str:
        return ", ".join(f"{count} {outcome}" for outcome, count in run.counts.items())
