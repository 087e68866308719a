"""Keep a record of what happens to accounts: sign-ins, passwords, factors, credentials, rights."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0039_index_folded_columns"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SecurityEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("happened_at", models.DateTimeField(verbose_name="time")),
                ("code", models.CharField(max_length=32, verbose_name="code")),
                (
                    "username",
                    models.CharField(blank=True, max_length=150, verbose_name="user name"),
                ),
                ("by_name", models.CharField(blank=True, max_length=150, verbose_name="by")),
                (
                    "name_hash",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="hash of the typed name"
                    ),
                ),
                (
                    "ip_address",
                    models.GenericIPAddressField(blank=True, null=True, verbose_name="address"),
                ),
                ("browser", models.CharField(blank=True, max_length=64, verbose_name="browser")),
                ("request_id", models.CharField(blank=True, max_length=64, verbose_name="request")),
                ("detail", models.JSONField(blank=True, default=dict, verbose_name="detail")),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "security event",
                "verbose_name_plural": "security events",
                "ordering": ("-happened_at", "-pk"),
                "indexes": [
                    models.Index(fields=["-happened_at", "-id"], name="security_event_latest"),
                    models.Index(
                        fields=["user", "-happened_at", "-id"], name="security_event_of_user"
                    ),
                ],
            },
        ),
    ]
