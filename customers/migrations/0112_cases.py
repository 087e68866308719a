"""Make room for what the desk does about organizations."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _user(**options: Any) -> models.ForeignKey:
    return models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        **options,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0111_find_renewals_at_risk"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="customers.customer",
                    ),
                ),
                ("owner", _user()),
                ("snoozed_until", models.DateField(null=True)),
                ("handled_at", models.DateTimeField(null=True)),
                ("handled_by", _user(db_index=False)),
                ("knew_delinquent", models.DateTimeField(null=True)),
                ("knew_expired", models.DateTimeField(null=True)),
                ("knew_expires_before_renewal", models.DateTimeField(null=True)),
                ("knew_no_payment_method", models.DateTimeField(null=True)),
                ("knew_first_payment_outstanding", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "case",
                "verbose_name_plural": "cases",
                "default_permissions": ("change", "view"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("snoozed_until__isnull", False)),
                        fields=["snoozed_until"],
                        name="case_snoozed",
                    ),
                    models.Index(
                        condition=models.Q(("handled_at__isnull", False)),
                        fields=["handled_at"],
                        name="case_handled",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("snoozed_until", None), ("handled_at", None), _connector="OR"
                        ),
                        name="case_rests_in_one_way",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="customers.case",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("taken", "taken"),
                            ("assigned", "assigned"),
                            ("released", "released"),
                            ("snoozed", "snoozed"),
                            ("handled", "handled"),
                            ("reopened", "reopened"),
                        ],
                        max_length=8,
                    ),
                ),
                ("by", _user(db_index=False)),
                ("taken_at", models.DateTimeField()),
                ("assigned_to", _user(db_index=False)),
                ("until", models.DateField(null=True)),
            ],
            options={
                "verbose_name": "step of a case",
                "verbose_name_plural": "steps of cases",
                "ordering": ("-taken_at", "-pk"),
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["case", "-taken_at"], name="case_step_of_case"),
                ],
            },
        ),
    ]
