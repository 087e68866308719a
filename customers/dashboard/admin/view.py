"""The disclosure log in the back office."""

from django.contrib import admin

from customers.dashboard.admin.read_only import ReadOnlyAdmin
from customers.models import View


@admin.register(View)
class ViewAdmin(ReadOnlyAdmin):
    list_display = ("seen_at", "user", "organization", "where", "checked_at", "checked_with")
    list_filter = ("where",)
    list_select_related = ("user", "organization", "checked_with")
    search_fields = ("organization__org_id", "user__username")
    date_hierarchy = "seen_at"
