"""Lists under names, own and shared."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import customers.models.folded_field


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0140_drafts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                (
                    "folded_name",
                    customers.models.folded_field.FoldedField(
                        blank=True, editable=False, max_length=255, of="name"
                    ),
                ),
                ("parameters", models.JSONField(default=dict)),
                ("columns", models.JSONField(default=list)),
                ("made_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("shared_at", models.DateTimeField(null=True)),
                ("deleted_at", models.DateTimeField(null=True)),
                (
                    "deleted_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "private_to",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("deleted_at", None), ("shared_at__isnull", False)),
                        fields=["folded_name", "id"],
                        name="saved_view_shared",
                    ),
                    models.Index(fields=["private_to"], name="saved_view_private"),
                    models.Index(fields=["deleted_at"], name="saved_view_deleted"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("deleted_at", None)),
                        fields=("owner", "folded_name"),
                        name="saved_view_has_its_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("private_to__isnull", False), ("shared_at", None)),
                            models.Q(("private_to", None), ("shared_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="saved_view_is_private_or_shared",
                    ),
                ],
            },
        ),
    ]
