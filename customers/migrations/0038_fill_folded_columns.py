"""Fold the names and e-mail addresses that are stored."""

from django.db import migrations

from customers.models.folding import fold_to_store

_ROWS_AT_A_TIME = 5_000


def fill(apps, schema_editor):
    connection = schema_editor.connection
    Organization = apps.get_model("customers", "Organization")
    Customer = apps.get_model("customers", "Customer")
    _fold(connection, Organization.objects.exclude(name=""), "name", "folded_name")
    _fold(connection, Customer.objects.exclude(email=""), "email", "folded_email")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE customers_customer SET folded_name = (SELECT folded_name FROM "
            "customers_organization WHERE customers_organization.id = organization_id)"
        )


def _fold(connection, rows, name, folded):
    """A batch at a time: read by key, so that no more than a batch is held."""
    table, key = rows.model._meta.db_table, rows.model._meta.pk.column
    last = 0
    in_order = rows.order_by("pk").values_list("pk", name)
    while batch := list(in_order.filter(pk__gt=last)[:_ROWS_AT_A_TIME]):
        values = [(fold_to_store(text), pk) for pk, text in batch]
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {table} SET {folded} = %s WHERE {key} = %s", values)
        last = batch[-1][0]


class Migration(migrations.Migration):
    dependencies = [("customers", "0037_folded_columns")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
