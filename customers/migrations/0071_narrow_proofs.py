"""Copy the proofs into a table of what they prove alone, whose key is the pair.

The next migration puts it in the place of the former, for PostgreSQL renames no table in the
transaction that has filled it.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0070_last_viewed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NarrowAccess",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "user_id",
                        "organization_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="customers.organization",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("granted", "granted"),
                            ("denied", "denied"),
                            ("missing", "missing"),
                        ],
                        max_length=8,
                    ),
                ),
                ("proved_at", models.DateTimeField()),
                ("customer_sent_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "access",
                "indexes": [
                    models.Index(fields=["organization"], name="access_of_organization"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "granted"), ("customer_sent_at", None), _connector="OR"
                        ),
                        name="access_only_granted_was_sent",
                    ),
                ],
            },
        ),
        # In the order of the key, in which the pages of a user's proofs are read.
        migrations.RunSQL(
            "INSERT INTO customers_narrowaccess "
            "(user_id, organization_id, state, proved_at, customer_sent_at) "
            "SELECT user_id, organization_id, state, proved_at, customer_sent_at "
            "FROM customers_access ORDER BY user_id, organization_id"
        ),
    ]
