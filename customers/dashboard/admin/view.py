"""The disclosure log in the back office, and who was shown unusually much."""

from django.contrib import admin

from customers.dashboard.admin.read_only import ReadOnlyAdmin
from customers.models import View, Volume


@admin.register(View)
class ViewAdmin(ReadOnlyAdmin):
    list_display = (
        "seen_at",
        "username",
        "org_id",
        "where",
        "ip_address",
        "purpose",
        "checked_at",
        "checked_with_name",
    )
    list_filter = ("where",)
    search_fields = ("org_id", "username", "purpose")
    fields = (*list_display,)
    date_hierarchy = "seen_at"


@admin.register(Volume)
class VolumeAdmin(ReadOnlyAdmin):
    list_display = ("hour", "user", "organizations", "is_unusual")
    list_filter = ("is_unusual",)
    list_select_related = ("user",)
    search_fields = ("user__username",)
    date_hierarchy = "hour"
