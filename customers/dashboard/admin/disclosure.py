"""The disclosure log in the back office, and who was shown unusually much."""

from django.contrib import admin

from customers.dashboard.admin.isolated_column import isolated_column
from customers.dashboard.admin.read_only import ReadOnlyAdmin
from customers.models import Disclosure, HourlyDisclosures


@admin.register(Disclosure)
class DisclosureAdmin(ReadOnlyAdmin):
    list_display = (
        "seen_at",
        isolated_column(Disclosure, "username"),
        isolated_column(Disclosure, "org_id"),
        "where",
        "ip_address",
        isolated_column(Disclosure, "purpose"),
        "checked_at",
        isolated_column(Disclosure, "checked_with_name"),
        isolated_column(Disclosure, "token_name"),
    )
    list_filter = ("where",)
    search_fields = ("org_id", "username", "purpose")
    fields = (
        *("seen_at", "username", "org_id", "where", "ip_address", "purpose"),
        *("checked_at", "checked_with_name", "token_name", "proof", "shown_together"),
    )
    date_hierarchy = "seen_at"


@admin.register(HourlyDisclosures)
class HourlyDisclosuresAdmin(ReadOnlyAdmin):
    list_display = ("hour", "user", "organizations", "is_unusual")
    list_filter = ("is_unusual",)
    list_select_related = ("user",)
    search_fields = ("user__username",)
    date_hierarchy = "hour"
