"""Make room for a chain of disclosures that outlive the user and organization they are about."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0016_sync_run_progress"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DisclosureHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hash", models.BinaryField(default=b"", max_length=32)),
                ("pruned_through", models.BigIntegerField(default=0)),
                ("pruned_hash", models.BinaryField(default=b"", max_length=32)),
                ("pruned_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Volume",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hour", models.DateTimeField(verbose_name="hour")),
                ("organizations", models.IntegerField(default=0, verbose_name="organizations")),
                ("is_unusual", models.BooleanField(default=False, verbose_name="unusual")),
            ],
            options={
                "verbose_name": "hourly volume",
                "verbose_name_plural": "hourly volumes",
                "ordering": ("-hour", "-organizations"),
            },
        ),
        migrations.AddField(
            model_name="view",
            name="checked_with_name",
            field=models.CharField(default="", max_length=150, verbose_name="checked with"),
        ),
        migrations.AddField(
            model_name="view",
            name="hash",
            field=models.BinaryField(default=b"", max_length=32),
        ),
        migrations.AddField(
            model_name="view",
            name="ip_address",
            field=models.GenericIPAddressField(blank=True, null=True, verbose_name="address"),
        ),
        migrations.AddField(
            model_name="view",
            name="org_id",
            field=models.CharField(default="", max_length=200, verbose_name="org id"),
        ),
        migrations.AddField(
            model_name="view",
            name="purpose",
            field=models.CharField(
                blank=True, default="", max_length=200, verbose_name="purpose or ticket"
            ),
        ),
        migrations.AddField(
            model_name="view",
            name="username",
            field=models.CharField(default="", max_length=150, verbose_name="user name"),
        ),
        migrations.AlterField(
            model_name="view",
            name="checked_with",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="checked with",
            ),
        ),
        migrations.AlterField(
            model_name="view",
            name="organization",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                to="customers.organization",
                verbose_name="organization",
            ),
        ),
        migrations.AlterField(
            model_name="view",
            name="user",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="user",
            ),
        ),
        migrations.AddIndex(
            model_name="view",
            index=models.Index(fields=["user", "organization", "-seen_at"], name="view_of_user"),
        ),
        migrations.AddIndex(
            model_name="view",
            index=models.Index(fields=["-seen_at", "-id"], name="view_latest"),
        ),
        migrations.AddField(
            model_name="volume",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                to=settings.AUTH_USER_MODEL,
                verbose_name="user",
            ),
        ),
        migrations.AddConstraint(
            model_name="volume",
            constraint=models.UniqueConstraint(fields=("user", "hour"), name="volume_once_an_hour"),
        ),
    ]
