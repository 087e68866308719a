from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest

from customers.dashboard.admin.declared_lookups import DeclaredLookupsAdmin


class ReadOnlyAdmin(DeclaredLookupsAdmin):
    show_full_result_count = False
    actions: Sequence[Callable[..., Any] | str] | None = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
