"""Leave room in the pages of customers, so that PostgreSQL writes no index for most claims.

A sync claims each row and gives it free again, in columns that no index has. Where the row's page
has room, the new version goes there and the indexes stay as they are; in full pages, as of a table
that was filled once, each of the two writes them all.
"""

from django.db import migrations


def _run(schema_editor, statement):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(statement)


def there(apps, schema_editor):
    _run(schema_editor, "ALTER TABLE customers_customer SET (fillfactor = 45)")


def back(apps, schema_editor):
    _run(schema_editor, "ALTER TABLE customers_customer RESET (fillfactor)")


class Migration(migrations.Migration):
    dependencies = [("customers", "0029_credentials_health")]

    operations = [migrations.RunPython(there, back)]
