"""How many requests each API token has made in its latest minute.

On PostgreSQL the table is not logged: a count that is lost in a crash starts again, and no request
waits for the disk.
"""

import django.db.models.deletion
from django.db import migrations, models


def _unlog(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE customers_tokenrequests SET UNLOGGED")


class Migration(migrations.Migration):
    dependencies = [("customers", "0190_api_tokens")]

    operations = [
        migrations.CreateModel(
            name="TokenRequests",
            fields=[
                (
                    "token",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="customers.apitoken",
                    ),
                ),
                ("minute", models.BigIntegerField()),
                ("count", models.BigIntegerField()),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunPython(_unlog, migrations.RunPython.noop),
    ]
