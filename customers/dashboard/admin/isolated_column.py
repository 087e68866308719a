"""A column for back-office lists whose text direction does not affect its surroundings."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import Field, Model

from customers.dashboard.isolates import bdi


def isolated_column(model: type[Model], name: str) -> Callable[[Any], str]:
    field = model._meta.get_field(name)

    @admin.display(
        description=field.verbose_name if isinstance(field, Field) else name, ordering=name
    )
    def column(row: Model) -> str:
        return bdi(getattr(row, name) or "-")

    column.__name__ = name  # the list names its cells by this
    return column
