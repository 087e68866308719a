"""Change labels alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0092_errors_are_codes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="customer",
            name="state",
            field=models.CharField(
                choices=[
                    ("unchecked", "never checked"),
                    ("card", "card"),
                    ("bank_account", "bank account"),
                    ("other", "other payment method"),
                    ("details_not_sent", "on file, details unavailable"),
                    ("unlisted", "on file, no default"),
                    ("invoice", "billed by invoice"),
                    ("none", "no payment method"),
                    ("unknown", "unknown"),
                    ("deleted", "customer deleted"),
                ],
                default="unchecked",
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="replytemplate",
            name="state",
            field=models.CharField(
                choices=[
                    ("expired-and-failed", "Last charge failed, card expired"),
                    ("none-and-failed", "Last charge failed, no payment method"),
                    ("failed", "Last charge failed"),
                    ("unpaid", "A subscription is not paid"),
                    ("expired", "Card expired"),
                    ("expiring", "Card expires soon"),
                    ("doubted", "The bank couldn’t verify the card"),
                    ("none", "No payment method on file"),
                    ("invoice-overdue", "Billed by invoice, one not paid"),
                    ("invoice", "Billed by invoice"),
                    ("deleted", "Stripe customer deleted"),
                    ("card", "A card is on file"),
                    ("method", "Another payment method is on file"),
                    ("unnamed", "On file, details not known"),
                    ("unknown", "Not known whether one is on file"),
                ],
                max_length=24,
            ),
        ),
        migrations.AlterField(
            model_name="syncrun",
            name="beat_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="last heartbeat"),
        ),
        migrations.AlterField(
            model_name="syncrun",
            name="ending",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "running"),
                    ("complete", "complete"),
                    ("failures", "complete, with failures"),
                    ("interrupted", "interrupted"),
                    ("gave_up", "stopped, because Catalyze kept failing"),
                    ("lost", "stopped unexpectedly"),
                ],
                max_length=16,
                verbose_name="ending",
            ),
        ),
    ]
