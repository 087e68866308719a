"""Keep how each user likes their lists, and order lists by the next renewal."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("customers", "0094_key_pace_is_a_rate_limit"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeskPreferences",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("columns", models.JSONField(default=list)),
                ("page_size", models.PositiveSmallIntegerField()),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                fields=["next_renewal", "organization", "state", "expires_on", "delinquent"],
                name="customer_by_renewal",
            ),
        ),
    ]
