"""What in a migration would break the previous release, which runs beside it, or hold it up.

Each danger is named with what to do instead; CONTRIBUTING.md, "Add a migration", has the patterns.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED, CharField, CheckConstraint, Field, TextField, Value
from django.db.models.functions import Now

from customers.database.online_changes import AddCheckUnvalidated, AddIndexOnline, ValidateCheck

_HARMLESS = (
    migrations.CreateModel,
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
    migrations.AlterModelTableComment,
    migrations.RemoveIndex,
    migrations.RenameIndex,
    AddIndexOnline,
    AddCheckUnvalidated,
    ValidateCheck,
)
_LATER = "remove it from the state alone now, and from the database in the release after that"
_RENAMED = "the previous release knows only the former name: add, fill and read a new one, and "
_REASON = "say in hints={'why_safe': …} "
_INSTEAD: dict[type[Operation], str] = {
    migrations.RemoveField: f"the previous release still selects the column: {_LATER}",
    migrations.DeleteModel: f"the previous release still uses the table: {_LATER}",
    migrations.RenameField: f"{_RENAMED}remove the former in the release after that",
    migrations.RenameModel: f"{_RENAMED}keep the table with db_table",
    migrations.AlterModelTable: "the previous release knows only the former table",
    migrations.AddIndex: "writers wait until the index is built: use AddIndexOnline",
    migrations.RunSQL: f"{_REASON}what the running release meets, and for how long it locks",
}
_UNKNOWN = "this operation is not known to be safe: use another, or RunSQL with a reason"
_UNIQUE = "writers wait until all rows are compared: make it with a new table"
_UPSERTED = "the previous release may upsert by it: remove it in the release after that"
_TRIED = (
    "all wait until every row is tried: use AddCheckUnvalidated, then ValidateCheck in the next"
    " migration, and only if the previous release writes nothing else"
)
_REWRITTEN = (
    "every row is rewritten or read again while all wait, or what the previous release writes no"
    " longer fits: add another column, fill it, and read that"
)
_INDEXED = "writers wait until the index is built: use db_index=False, then AddIndexOnline"


def dangers(migration: migrations.Migration, before: ProjectState) -> list[str]:
    """One sentence each; `before` is the project's state as the migration finds it."""
    app, name, operations = migration.app_label, migration.name, migration.operations
    found = [
        f"{app}.{name}: {operation.describe()}: {danger}"
        for operation, danger in _in_operations(app, operations, before.clone())
    ]
    if any(isinstance(each, migrations.RunPython) for each in operations):
        if len(operations) > 1:
            found.append(f"{app}.{name}: give RunPython a migration of its own")
        if migration.atomic:
            found.append(
                f"{app}.{name}: one transaction locks all rows that RunPython writes until its end:"
                " set atomic = False, and commit a thousand rows at a time"
            )
    elif migration.atomic and len(tables := _altered(operations)) > 1:
        found.append(
            f"{app}.{name}: holds the locks of {', '.join(sorted(tables))} at once, which running"
            " code takes in another order: one migration for each"
        )
    return found


def _altered(operations: Sequence[Operation]) -> set[str]:
    """The models whose tables are locked against readers, apart from those made here."""
    made = {each.name_lower for each in operations if isinstance(each, migrations.CreateModel)}
    fields = [
        each
        for each in operations
        if isinstance(each, (migrations.AddField, migrations.AlterField, AddCheckUnvalidated))
    ]
    return {each.model_name.lower() for each in fields} - made


def _in_operations(
    app: str, operations: Sequence[Operation], state: ProjectState
) -> Iterator[tuple[Operation, str]]:
    made: set[str] = set()

    def of_new(operation: Operation) -> bool:
        return getattr(operation, "model_name", "").lower() in made

    for operation in operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from _in_operations(app, operation.database_operations, state.clone())
            for each in operation.state_operations:
                if danger := _in_state_alone(app, each, state):
                    yield each, danger
        elif danger := "" if of_new(operation) else _in_operation(app, operation, state):
            yield operation, danger
        if isinstance(operation, migrations.CreateModel):
            made.add(operation.name_lower)
        operation.state_forwards(app, state)


def _in_operation(app: str, operation: Operation, state: ProjectState) -> str:
    if isinstance(operation, _HARMLESS):
        return ""
    if isinstance(operation, (migrations.RunSQL, migrations.RunPython)):
        is_explained = bool(operation.hints.get("why_safe"))
        return "" if is_explained else _INSTEAD[migrations.RunSQL]
    if isinstance(operation, migrations.AddField):
        return _in_new_field(operation.field)
    if isinstance(operation, migrations.AlterField):
        fields = state.models[app, operation.model_name_lower].fields
        return _in_changed_field(fields[operation.name], operation.field)
    if isinstance(operation, migrations.AddConstraint):
        return _TRIED if isinstance(operation.constraint, CheckConstraint) else _UNIQUE
    if isinstance(operation, migrations.RemoveConstraint):
        constraint = state.models[app, operation.model_name_lower].get_constraint_by_name(
            operation.name
        )
        return "" if isinstance(constraint, CheckConstraint) else _UPSERTED
    return _INSTEAD.get(type(operation), _UNKNOWN)


def _in_new_field(field: Any) -> str:
    if field.many_to_many:
        return ""
    if field.generated or not _is_constant(field.db_default):
        return "every row is rewritten while all wait: add it nullable, fill it, and read it then"
    if field.unique:
        return _UNIQUE
    if field.db_index:
        return _INDEXED
    has_default = field.db_default is not NOT_PROVIDED
    if not (field.null or has_default):
        return "the previous release inserts rows without it: add null=True or a db_default"
    if field.remote_field and (has_default or field.has_default()):
        return "all wait until every row's reference is looked up: add it without a default"
    return ""


def _is_constant(db_default: Any) -> bool:
    is_expression = hasattr(db_default, "resolve_expression")
    return not is_expression or isinstance(db_default, (Value, Now))


def _in_changed_field(before: Any, after: Any) -> str:
    old, new = _stored(before), _stored(after)
    changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    if before.null and not after.null:
        return (
            "all wait until every row is read, and the previous release may write NULL: keep null"
        )
    if after.unique and not before.unique:
        return _UNIQUE
    if before.unique and not after.unique:
        return _UPSERTED
    if after.db_index and not before.db_index:
        return _INDEXED
    if "db_default" in changed and after.db_default is NOT_PROVIDED and not after.null:
        return "the previous release leaves it to the database's default: keep db_default"
    changed -= {"null", "db_index", "db_default"}
    if changed <= {"kind", "max_length"} and _is_wider(before, after):
        return ""
    if changed == {"db_constraint"} and not after.db_constraint:
        return ""
    return _REWRITTEN if changed else ""


def _stored(field: Field) -> dict[str, Any]:
    """What of a field the database knows."""
    _, path, _, options = field.deconstruct()
    ours = {*field.non_db_attrs, "default", "auto_now", "auto_now_add"} - {"db_column"}
    return {"kind": path} | {name: value for name, value in options.items() if name not in ours}


def _is_wider(before: Field, after: Field) -> bool:
    if type(before) is type(after) and after.max_length is not None:
        return before.max_length is not None and before.max_length <= after.max_length
    return isinstance(before, CharField) and type(after) in {type(before), TextField}


def _in_state_alone(app: str, operation: Operation, state: ProjectState) -> str:
    """This release writes rows without what its state no longer has."""
    if isinstance(operation, migrations.DeleteModel):
        gone = list(state.models[app, operation.name_lower].fields.values())
    elif isinstance(operation, migrations.RemoveField):
        gone = [state.models[app, operation.model_name_lower].fields[operation.name]]
        has_value = gone[0].null or gone[0].db_default is not NOT_PROVIDED
        if not (has_value or gone[0].many_to_many):
            return "this release inserts rows without it: give it null=True or a db_default first"
    else:
        return ""
    if any(field.remote_field and getattr(field, "db_constraint", True) for field in gone):
        return "what it refers to could not be deleted: give it db_constraint=False first"
    return ""
