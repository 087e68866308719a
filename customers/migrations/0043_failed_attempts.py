"""Count failed attempts by name, account and address in a table of our own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0042_security_events")]

    operations = [
        migrations.CreateModel(
            name="FailedAttempts",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                ("count", models.PositiveIntegerField(default=0)),
                ("began_at", models.DateTimeField(null=True)),
                ("paused_until", models.DateTimeField(null=True)),
            ],
        ),
    ]
