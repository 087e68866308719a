from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from customers.dashboard.admin.read_only import ReadOnlyAdmin
from customers.dashboard.operations.syncs import OUTCOMES
from customers.models import SyncRun
from customers.services.wording.messages import said


@admin.register(SyncRun)
class SyncRunAdmin(ReadOnlyAdmin):
    list_display = ("started_at", "ended_at", "started_by", "ending", "counted")
    list_filter = ("ending",)
    date_hierarchy = "started_at"

    exclude = ("troubles",)
    readonly_fields = ("troubles_in_words",)

    def view_on_site(self, obj: SyncRun) -> str:
        return obj.get_absolute_url()

    @admin.display(description=_("troubles"))
    def troubles_in_words(self, run: SyncRun) -> str:
        return " ".join(f"{count} × {said(trouble)}" for trouble, count in run.counted_troubles)

    @admin.display(description=_("organizations by outcome"))
    def counted(self, run: SyncRun) -> str:
        return ", ".join(
            f"{count} {OUTCOMES.get(outcome, outcome)}" for outcome, count in run.counts.items()
        )
