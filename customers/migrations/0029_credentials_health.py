"""Keep what the health board says of credentials: calls of a day, and the last refusal."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0028_credentials_renewing"),
    ]

    operations = [
        migrations.AddField(
            model_name="credentials",
            name="refused_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="credentials",
            name="calls_on",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="credentials",
            name="calls",
            field=models.PositiveIntegerField(default=0, editable=False, db_default=0),
        ),
    ]
