import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0220_verified_position"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RunTally",
            fields=[
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="tally",
                        serialize=False,
                        to="customers.syncrun",
                    ),
                ),
                ("had_method", models.PositiveIntegerField(default=0)),
                ("lost_method", models.PositiveIntegerField(default=0)),
                ("was_current", models.PositiveIntegerField(default=0)),
                ("became_delinquent", models.PositiveIntegerField(default=0)),
                ("is_judged", models.BooleanField(default=False)),
                ("is_mass_delinquency", models.BooleanField(default=False)),
                (
                    "part_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="customers.syncrun",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="HeldAnswer",
            fields=[
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="held_answer",
                        serialize=False,
                        to="customers.customer",
                    ),
                ),
                ("is_held", models.BooleanField(default=False)),
                ("since", models.DateTimeField()),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField()),
                ("compressed", models.BinaryField()),
                (
                    "asked_with",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="customers.syncrun",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "permissions": (("accept_mass_change", "Can accept held answers"),),
                "indexes": [models.Index(fields=["is_held", "since"], name="held_answer_since")],
            },
        ),
    ]
