"""Let PostgreSQL find a part of a name or an e-mail address by its trigrams.

pg_trgm comes with PostgreSQL, and since version 13 whoever may create objects in the database may
switch it on. SQLite reads the rows instead.
"""

from django.db import migrations

_THERE = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX customer_trigrams_of_name ON customers_customer "
    "USING gin (UPPER(organization_name::text) gin_trgm_ops)",
    "CREATE INDEX customer_trigrams_of_email ON customers_customer "
    "USING gin (UPPER(email::text) gin_trgm_ops)",
    "CREATE INDEX organization_upper_org_id ON customers_organization "
    "(UPPER(org_id::text) text_pattern_ops)",
)
_BACK = (
    "DROP INDEX customer_trigrams_of_name",
    "DROP INDEX customer_trigrams_of_email",
    "DROP INDEX organization_upper_org_id",
)


def _run(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


def there(apps, schema_editor):
    _run(schema_editor, _THERE)


def back(apps, schema_editor):
    _run(schema_editor, _BACK)


class Migration(migrations.Migration):
    dependencies = [("customers", "0025_customer_indexes")]

    operations = [migrations.RunPython(there, back)]
