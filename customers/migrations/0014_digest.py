"""Note which digest has been sent to whom."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0013_access_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Digest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("covers_from", models.DateTimeField()),
                ("covers_until", models.DateTimeField(blank=True, null=True)),
                ("claimed_until", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("was_sent", models.BooleanField(default=False)),
                ("unverified", models.JSONField(default=list)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "day"), name="digest_once_a_day")
                ],
            },
        ),
    ]
