"""Fold the names and e-mail addresses that are stored."""

from django.db import migrations

from customers.models.folding import fold_to_store

_ROWS_AT_A_TIME = 5_000


def fill(apps, schema_editor):
    connection = schema_editor.connection
    Organization = apps.get_model("customers", "Organization")
    Customer = apps.get_model("customers", "Customer")
    for batch in _batches(Organization.objects.exclude(name=""), "name"):
        rows = [(key, fold_to_store(name)) for key, name in batch]
        _write(connection, Organization, ["folded_name"], rows)
    # Both at once, because each time that a row is written its indexes are, too.
    for batch in _batches(Customer.objects.all(), "organization__folded_name", "email"):
        rows = [(key, name, fold_to_store(email)) for key, name, email in batch]
        _write(connection, Customer, ["folded_name", "folded_email"], rows)


def _batches(rows, *names):
    in_order, last = rows.order_by("pk").values_list("pk", *names), 0
    while batch := list(in_order.filter(pk__gt=last)[:_ROWS_AT_A_TIME]):
        yield batch
        last = batch[-1][0]


def _write(connection, model, columns, rows):
    """Write these columns of the rows, each of which begins with its key."""
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            arrays = ", ".join(["%s::bigint[]", *("%s::text[]" for _ in columns)])
            filled = ", ".join(f"{column} = new.{column}" for column in columns)
            cursor.execute(
                f"UPDATE {table} SET {filled} FROM unnest({arrays}) "
                f"AS new (key, {', '.join(columns)}) WHERE {table}.{key} = new.key",
                [list(values) for values in zip(*rows, strict=True)],
            )
        else:
            filled = ", ".join(f"{column} = %s" for column in columns)
            cursor.executemany(
                f"UPDATE {table} SET {filled} WHERE {key} = %s",
                [(*values, key) for key, *values in rows],
            )


class Migration(migrations.Migration):
    dependencies = [("customers", "0037_folded_columns")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
