"""Have the index of names tell what the new worklists ask; count worklists again."""

from typing import Any

from django.db import migrations, models


def _forget_counts(apps: Any, _schema_editor: Any) -> None:
    """What is kept of the last minute does not count the new ones."""
    apps.get_model("customers", "KeptFigures").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("customers", "0110_renewals_at_risk")]

    operations = [
        migrations.RunPython(_forget_counts, _forget_counts),
        migrations.RemoveIndex(model_name="customer", name="customer_by_name"),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                fields=[
                    *("folded_name", "organization", "state", "expires_on", "delinquent"),
                    *("charged_expires_on", "charged_renews_on", "first_payment_outstanding"),
                ],
                name="customer_by_name",
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                fields=[
                    *("charged_expires_on", "charged_renews_on", "organization"),
                    *("state", "is_set_up"),
                ],
                name="customer_renewals",
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                condition=models.Q(("first_payment_outstanding", True)),
                fields=[
                    *("folded_name", "organization"),
                    *("state", "brand", "funding", "currency", "country", "livemode"),
                ],
                name="customer_unstarted",
            ),
        ),
    ]
