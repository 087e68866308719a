"""Confirm deletions without listing the billing rows that go with them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from customers.dashboard.admin.declared_lookups import DeclaredLookupsAdmin
from customers.dashboard.isolates import bdi


class QuietDeletionAdmin(DeclaredLookupsAdmin):
    def get_deleted_objects(
        self, objs: Sequence[Any] | QuerySet[Any], request: HttpRequest
    ) -> tuple[Any, ...]:
        _, _, needed, protected = super().get_deleted_objects(objs, request)
        return [bdi(row) for row in objs], {}, needed, protected
