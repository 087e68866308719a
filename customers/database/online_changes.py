"""Migration operations that let readers and writers through on PostgreSQL; ordinary on SQLite."""

from typing import Any

from django.contrib.postgres import operations as postgres
from django.db.migrations import AddConstraint, AddIndex


class AddIndexOnline(AddIndex):
    """Needs `atomic = False`. May be repeated after it was interrupted."""

    atomic = False

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            name = schema_editor.quote_name(self.index.name)
            schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")  # left invalid
        self._ordinary(schema_editor).database_forwards(
            app_label, schema_editor, from_state, to_state
        )

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        self._ordinary(schema_editor).database_backwards(
            app_label, schema_editor, from_state, to_state
        )

    def _ordinary(self, schema_editor: Any) -> AddIndex:
        on_postgresql = schema_editor.connection.vendor == "postgresql"
        kind = postgres.AddIndexConcurrently if on_postgresql else AddIndex
        return kind(self.model_name, self.index)


class AddCheckUnvalidated(postgres.AddConstraintNotValid):
    """A check that rows written from now on must pass; ValidateCheck tries those before."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        else:
            AddConstraint.database_forwards(self, app_label, schema_editor, from_state, to_state)


class ValidateCheck(postgres.ValidateConstraint):
    """In a migration after that of AddCheckUnvalidated, whose lock ends with it."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
