"""Let the database work out which changes are about what trends count, and find them at once."""

from django.db import migrations, models
from django.db.models import Case, Q, When


class Migration(migrations.Migration):
    dependencies = [("customers", "0031_narrowing_indexes")]

    operations = [
        migrations.AddField(
            model_name="change",
            name="is_counted",
            field=models.GeneratedField(
                db_persist=True,
                expression=Case(
                    When(
                        Q(differences__has_key="delinquent") | Q(differences__has_key="state"),
                        then=True,
                    ),
                    default=False,
                ),
                output_field=models.BooleanField(),
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("is_counted", True)),
                fields=["-seen_at", "-id"],
                name="change_is_counted",
            ),
        ),
    ]
