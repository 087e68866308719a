"""Record permission changes made in the back office."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from customers.services.accounts.permission_changes import recording_permissions


class RecordedAdmin(admin.ModelAdmin):
    """For users and groups, whose many-to-many fields are saved after the row."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        with recording_permissions(obj):
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        with recording_permissions(form.instance):
            super().save_related(request, form, formsets, change)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with recording_permissions(obj):
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for obj in queryset:
            self.delete_model(request, obj)
