"""Say of each organization whether operators brought it; so far, only its name said so."""

from typing import Any

from django.db import migrations, models


def _mark(apps: Any, _schema_editor: Any) -> None:
    organizations = apps.get_model("customers", "Organization").objects
    organizations.exclude(imported_name="").update(is_imported=True)


class Migration(migrations.Migration):
    dependencies = [("customers", "0182_read_the_disclosure_log")]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="is_imported",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunPython(_mark, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="organization",
            index=models.Index(
                condition=models.Q(("is_imported", True)),
                fields=["id"],
                name="organization_imported",
            ),
        ),
    ]
