"""Ask before a deletion without listing the billing rows that go with it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from customers.dashboard.admin.declared_lookups import DeclaredLookupsAdmin
from customers.dashboard.isolates import bdi


class QuietDeletionAdmin(DeclaredLookupsAdmin):
    """Names what is deleted, and not what hangs on it."""

    def get_deleted_objects(
        self, objs: Sequence[Any] | QuerySet[Any], request: HttpRequest
    ) -> tuple[Any, ...]:
        _, _, needed, protected = super().get_deleted_objects(objs, request)
        return [bdi(row) for row in objs], {}, needed, protected
