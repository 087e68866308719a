"""Make room for the renewal that may meet an expired card, and for what dates these facts."""

from django.db import migrations, models


def _moment(name: str) -> migrations.AddField:
    return migrations.AddField(
        model_name="customer", name=name, field=models.DateTimeField(blank=True, null=True)
    )


def _day(name: str) -> migrations.AddField:
    return migrations.AddField(
        model_name="customer", name=name, field=models.DateField(blank=True, null=True)
    )


class Migration(migrations.Migration):
    dependencies = [("customers", "0100_desk_preferences")]

    operations = [
        _day("charged_expires_on"),
        _day("charged_renews_on"),
        migrations.AddField(
            model_name="customer",
            name="first_payment_outstanding",
            field=models.BooleanField(db_default=False, default=False),
        ),
        _moment("expiry_seen_at"),
        _moment("charge_seen_at"),
        _moment("first_payment_seen_at"),
    ]
