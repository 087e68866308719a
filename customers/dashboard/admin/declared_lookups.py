"""Restrict filters in the back office to those that a list declares."""

from collections.abc import Iterator

from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.db.models import ForeignObject, ManyToManyField
from django.http import HttpRequest


class DeclaredLookupsAdmin(admin.ModelAdmin):
    """By default Django lets a URL filter by any column, even by the start of a password hash."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup in {*self._of_filters(request), *self._of_dates()}

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        """Other models refer to rows by primary key only."""
        return to_field == self.opts.pk.name

    def _of_filters(self, request: HttpRequest) -> Iterator[str]:
        for item in self.get_list_filter(request):
            if isinstance(item, type) and issubclass(item, admin.SimpleListFilter):
                yield str(item.parameter_name)
                continue
            name = str(item[0] if isinstance(item, list | tuple) else item)
            yield f"{name}__isnull"
            field = get_fields_from_path(self.model, name)[-1]
            if isinstance(field, ForeignObject | ManyToManyField):
                yield f"{name}__{field.target_field.name}__exact"
            else:
                yield from (name, f"{name}__exact")

    def _of_dates(self) -> Iterator[str]:
        if self.date_hierarchy:
            yield from (f"{self.date_hierarchy}__{part}" for part in ("year", "month", "day"))
