import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0020_pinned_notes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("expired-and-failed", "Last charge failed, card expired"),
                            ("none-and-failed", "Last charge failed, no payment method"),
                            ("failed", "Last charge failed"),
                            ("unpaid", "A subscription is not paid"),
                            ("expired", "Card expired"),
                            ("expiring", "Card expires soon"),
                            ("doubted", "The bank doubts the card’s details"),
                            ("none", "No payment method on file"),
                            ("deleted", "Stripe customer deleted"),
                            ("card", "A card is on file"),
                            ("method", "Another payment method is on file"),
                            ("unnamed", "On file, details not known"),
                            ("unknown", "Not known whether one is on file"),
                        ],
                        max_length=24,
                    ),
                ),
                ("language", models.CharField(max_length=8)),
                ("text", models.TextField(max_length=1000)),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "answer",
                "verbose_name_plural": "answers",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("state", "language"), name="answer_once_a_state_and_language"
                    )
                ],
            },
        ),
    ]
