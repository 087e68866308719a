"""From release 0.4.0 on, a migration is safe beside the previous release's running code."""

import re

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import F, Q, Value
from django.db.models.functions import Now, Random

from customers.database.online_changes import AddCheckUnvalidated, AddIndexOnline, ValidateCheck
from tests.helpers.migrations.unsafe_migrations import dangers

# Release 0.4.0, for which the portal still stops: this one, and all that it replaces.
SQUASHED = "0001_squashed_"
REASON = {"why_safe": "Nobody reads it yet."}


def test_every_migration_since_0_4_0_is_safe_beside_the_release_before(db):
    loader = MigrationLoader(connection)
    ours = {key: each for key, each in loader.disk_migrations.items() if key[0] == "customers"}
    (squashed,) = [key for key in ours if key[1].startswith(SQUASHED)]
    since = ours.keys() - {squashed, *ours[squashed].replaces}

    found = [
        danger
        for key in sorted(since)
        for danger in dangers(ours[key], loader.project_state(key, at_end=False))
    ]

    assert found == []


def state():
    """A project with one table that other code is using."""
    made = ProjectState()
    made.add_model(ModelState("shop", "Buyer", [("id", models.BigAutoField(primary_key=True))]))
    fields = {
        "id": models.BigAutoField(primary_key=True),
        "name": models.CharField(max_length=50),
        "code": models.CharField(max_length=50, unique=True),
        "count": models.IntegerField(),
        "total": models.IntegerField(db_default=0),
        "note": models.TextField(null=True),
        "buyer": models.ForeignKey("shop.Buyer", models.CASCADE, null=True),
        "unbound": models.ForeignKey(
            "shop.Buyer", models.CASCADE, null=True, db_constraint=False, related_name="+"
        ),
        "friends": models.ManyToManyField("shop.Buyer", related_name="+"),
    }
    constraints = [
        models.CheckConstraint(condition=Q(count__gte=0), name="counted"),
        models.UniqueConstraint(fields=["name"], name="named_once"),
    ]
    options = {"constraints": constraints, "indexes": [models.Index(fields=["count"], name="i")]}
    made.add_model(ModelState("shop", "Sale", list(fields.items()), options))
    return made


def found_in(*operations, atomic=True):
    migration = migrations.Migration("0300_made_up", "shop")
    migration.operations, migration.atomic = list(operations), atomic
    return dangers(migration, state())


def added(field):
    return migrations.AddField("sale", "new", field)


def altered(name, field):
    return migrations.AlterField("sale", name, field)


def apart(state_operation):
    return migrations.SeparateDatabaseAndState(state_operations=[state_operation])


def buyer(**options):
    return models.ForeignKey("shop.Buyer", models.CASCADE, related_name="+", **options)


CHECK = models.CheckConstraint(condition=Q(count__lt=9), name="few")
UNIQUE = models.UniqueConstraint(fields=["count"], name="once")
INDEX = models.Index(fields=["name"], name="by_name")

UNSAFE = {
    "removes a column": (migrations.RemoveField("sale", "note"), "still selects"),
    "removes a table": (migrations.DeleteModel("Sale"), "still uses the table"),
    "renames a column": (migrations.RenameField("sale", "note", "text"), "add, fill and read"),
    "renames a model": (migrations.RenameModel("Sale", "Order"), "keep the table"),
    "renames a table": (migrations.AlterModelTable("sale", "sales"), "former table"),
    "adds what must be set": (added(models.IntegerField()), "inserts rows without"),
    "adds a Python default": (added(models.IntegerField(default=1)), "inserts rows without"),
    "adds what is computed": (added(models.FloatField(db_default=Random())), "is rewritten"),
    "adds a generated column": (
        added(
            models.GeneratedField(
                expression=F("count") + 1, output_field=models.IntegerField(), db_persist=True
            )
        ),
        "is rewritten",
    ),
    "adds an indexed column": (added(models.IntegerField(null=True, db_index=True)), "Online"),
    "adds an indexed reference": (added(buyer(null=True)), "db_index=False"),
    "adds a unique column": (added(models.IntegerField(null=True, unique=True)), "compared"),
    "adds a set reference": (added(buyer(db_default=1, db_index=False)), "looked up"),
    "narrows a text": (altered("name", models.CharField(max_length=20)), "no longer fits"),
    "bounds a text": (altered("note", models.CharField(max_length=20, null=True)), "another"),
    "widens a number": (altered("count", models.BigIntegerField()), "rewritten"),
    "refuses NULL": (altered("note", models.TextField()), "keep null"),
    "drops a default": (altered("total", models.IntegerField()), "keep db_default"),
    "indexes a column": (altered("count", models.IntegerField(db_index=True)), "Online"),
    "makes a column unique": (altered("count", models.IntegerField(unique=True)), "compared"),
    "lets doubles in": (altered("code", models.CharField(max_length=50)), "upsert"),
    "moves a column": (altered("count", models.IntegerField(db_column="c")), "another column"),
    "indexes": (migrations.AddIndex("sale", INDEX), "AddIndexOnline"),
    "checks": (migrations.AddConstraint("sale", CHECK), "AddCheckUnvalidated"),
    "makes unique": (migrations.AddConstraint("sale", UNIQUE), "compared"),
    "lets doubles in again": (migrations.RemoveConstraint("sale", "named_once"), "upsert"),
    "runs SQL": (migrations.RunSQL("UPDATE sale SET count = 1"), "why_safe"),
    "something else": (migrations.AlterOrderWithRespectTo("sale", "buyer"), "not known"),
    "forgets what must be set": (apart(migrations.RemoveField("sale", "count")), "db_default"),
    "forgets a reference": (apart(migrations.RemoveField("sale", "buyer")), "db_constraint"),
    "forgets many references": (apart(migrations.RemoveField("sale", "friends")), "deleted"),
    "forgets a model that refers": (apart(migrations.DeleteModel("Sale")), "db_constraint"),
    "hides it in two halves": (
        migrations.SeparateDatabaseAndState([migrations.RemoveField("sale", "note")]),
        "still selects",
    ),
}


@pytest.mark.parametrize(("operation", "instead"), UNSAFE.values(), ids=UNSAFE)
def test_an_unsafe_operation_is_named_with_what_to_do_instead(operation, instead):
    (danger,) = found_in(operation)

    assert danger.startswith("shop.0300_made_up: ")
    assert re.search(instead, danger)


SAFE = {
    "adds a table": migrations.CreateModel("New", [("id", models.BigAutoField(primary_key=True))]),
    "adds a nullable column": added(models.IntegerField(null=True)),
    "adds a default": added(models.IntegerField(db_default=0)),
    "adds the time": added(models.DateTimeField(db_default=Now())),
    "adds a written default": added(models.IntegerField(db_default=Value(1))),
    "adds a reference": added(buyer(null=True, db_index=False)),
    "adds many references": added(models.ManyToManyField("shop.Buyer", related_name="+")),
    "widens a text": altered("name", models.CharField(max_length=80)),
    "frees a text": altered("name", models.TextField()),
    "lets NULL in": altered("count", models.IntegerField(null=True)),
    "adds a default later": altered("count", models.IntegerField(db_default=1)),
    "frees a reference": altered(
        "buyer", models.ForeignKey("shop.Buyer", models.CASCADE, null=True, db_constraint=False)
    ),
    "changes words": altered("count", models.IntegerField("counted", default=3, help_text="…")),
    "changes options": migrations.AlterModelOptions("sale", {"ordering": ["count"]}),
    "removes an index": migrations.RemoveIndex("sale", "i"),
    "removes a check": migrations.RemoveConstraint("sale", "counted"),
    "checks later": AddCheckUnvalidated("sale", CHECK),
    "validates": ValidateCheck("sale", "counted"),
    "forgets a column": apart(migrations.RemoveField("sale", "note")),
    "forgets what has a default": apart(migrations.RemoveField("sale", "total")),
    "forgets a free reference": apart(migrations.RemoveField("sale", "unbound")),
    "forgets a table": apart(migrations.DeleteModel("Buyer")),
    "says why": migrations.RunSQL("DROP TABLE former", hints=REASON),
}


@pytest.mark.parametrize("operation", SAFE.values(), ids=SAFE)
def test_a_safe_operation_is_let_through(operation):
    assert found_in(operation) == []


def test_an_index_beside_writers_and_one_of_a_new_table_are_let_through():
    table = migrations.CreateModel("New", [("id", models.BigAutoField(primary_key=True))])

    assert found_in(AddIndexOnline("sale", INDEX), atomic=False) == []
    assert found_in(table, migrations.AddIndex("new", models.Index("id", name="n"))) == []


def test_rows_are_filled_apart_from_other_changes_and_not_in_one_transaction():
    fill = migrations.RunPython(migrations.RunPython.noop, hints=REASON)
    column = added(models.IntegerField(null=True))

    assert found_in(fill, atomic=False) == []
    assert "a thousand rows at a time" in "".join(found_in(fill))
    assert "of its own" in "".join(found_in(column, fill, atomic=False))
    assert "why_safe" in "".join(
        found_in(migrations.RunPython(migrations.RunPython.noop), atomic=False)
    )


def test_two_tables_are_not_locked_at_once():
    both = (
        added(models.IntegerField(null=True)),
        migrations.AddField("buyer", "new", models.IntegerField(null=True)),
    )

    assert "buyer, sale" in "".join(found_in(*both))
    assert found_in(*both, atomic=False) == []
