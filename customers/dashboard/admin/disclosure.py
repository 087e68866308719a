"""The disclosure log in the back office, and who was shown unusually much."""

from django.contrib import admin

from customers.dashboard.admin.isolated_column import isolated_column
from customers.dashboard.admin.read_only import ReadOnlyAdmin
from customers.models import View, Volume


@admin.register(View)
class ViewAdmin(ReadOnlyAdmin):
    list_display = (
        "seen_at",
        isolated_column(View, "username"),
        isolated_column(View, "org_id"),
        "where",
        "ip_address",
        isolated_column(View, "purpose"),
        "checked_at",
        isolated_column(View, "checked_with_name"),
        isolated_column(View, "token_name"),
    )
    list_filter = ("where",)
    search_fields = ("org_id", "username", "purpose")
    fields = (
        *("seen_at", "username", "org_id", "where", "ip_address", "purpose"),
        *("checked_at", "checked_with_name", "token_name", "proof", "shown_together"),
    )
    date_hierarchy = "seen_at"


@admin.register(Volume)
class VolumeAdmin(ReadOnlyAdmin):
    list_display = ("hour", "user", "organizations", "is_unusual")
    list_filter = ("is_unusual",)
    list_select_related = ("user",)
    search_fields = ("user__username",)
    date_hierarchy = "hour"
