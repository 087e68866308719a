"""A folded copy of another column, with the same sort order on every database."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from customers.models.folding import LONGEST_FOLDED, fold_to_store


class FoldedField(models.CharField):
    """Folded from the field `of` on save(); bulk writes have to set it themselves."""

    def __init__(self, *, of: str = "", **options: Any) -> None:
        self.of = of
        super().__init__(
            **{"max_length": LONGEST_FOLDED, "blank": True, "editable": False} | options
        )

    def deconstruct(self) -> Any:
        name, path, arguments, options = super().deconstruct()
        return name, path, arguments, options | ({"of": self.of} if self.of else {})

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if self.of:
            setattr(model_instance, self.attname, fold_to_store(getattr(model_instance, self.of)))
        return super().pre_save(model_instance, add)

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        """Sorted by code point, as in SQLite, whatever PostgreSQL's locale."""
        collation = "C" if connection.vendor == "postgresql" else None
        return super().db_parameters(connection) | {"collation": collation}
