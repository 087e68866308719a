"""Sync runs in the back office."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.dashboard.admin.read_only import ReadOnlyAdmin
from customers.models import SyncRun

# The words of services/outcome.py, which are counted and printed in English.
_OUTCOMES = {
    "answered": pgettext_lazy("outcome", "answered"),
    "denied": pgettext_lazy("outcome", "denied"),
    "missing": pgettext_lazy("outcome", "missing"),
    "expired": pgettext_lazy("outcome", "expired"),
    "unavailable": pgettext_lazy("outcome", "unavailable"),
    "invalid": pgettext_lazy("outcome", "invalid"),
    "discounted": pgettext_lazy("outcome", "discounted"),
    "not asked": pgettext_lazy("outcome", "not asked"),
}


@admin.register(SyncRun)
class SyncRunAdmin(ReadOnlyAdmin):
    list_display = ("started_at", "ended_at", "started_by", "ending", "counted")
    list_filter = ("ending",)
    date_hierarchy = "started_at"

    def view_on_site(self, obj: SyncRun) -> str:
        return obj.get_absolute_url()

    @admin.display(description=_("organizations by outcome"))
    def counted(self, run: SyncRun) -> str:
        return ", ".join(
            f"{count} {_OUTCOMES.get(outcome, outcome)}" for outcome, count in run.counts.items()
        )
