"""Keep the names of an import apart from those that somebody's credentials brought."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0113_mentions")]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="imported_name",
            field=models.CharField(blank=True, db_default="", default="", max_length=255),
        ),
    ]
