from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from customers.dashboard.admin.read_only import ReadOnlyAdmin
from customers.models import SecurityEvent
from customers.services.accounts.security_events import hash_of_name


class _CodeFilter(admin.SimpleListFilter):
    title = _("code")
    parameter_name = "code"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(code.value, code.value) for code in SecurityEvent.Code]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[SecurityEvent]
    ) -> QuerySet[SecurityEvent]:
        return queryset.filter(code=self.value()) if self.value() else queryset


@admin.register(SecurityEvent)
class SecurityEventAdmin(ReadOnlyAdmin):
    list_display = ("happened_at", "code", "who", "by_name", "ip_address", "browser")
    list_filter = (_CodeFilter,)
    search_fields = ("username", "by_name", "ip_address", "request_id")
    search_help_text = _(
        "Username, address or request id. To find a name that no user has, enter it exactly as it "
        "was typed at sign-in."
    )
    fields = (
        "happened_at",
        "code",
        "username",
        "name_hash",
        "by_name",
        "ip_address",
        "browser",
        "request_id",
        "detail",
    )
    date_hierarchy = "happened_at"

    @admin.display(description=_("user name"))
    def who(self, event: SecurityEvent) -> str:
        return event.username or (f"#{event.name_hash[:12]}" if event.name_hash else "")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[SecurityEvent], search_term: str
    ) -> tuple[QuerySet[SecurityEvent], bool]:
        """Unknown names are stored and found by hash only."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if search_term:
            found = found | queryset.filter(name_hash=hash_of_name(search_term))
        return found, may_repeat
