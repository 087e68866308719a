"""Make room for the wallet that a card is in, and narrow lists by it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0083_preferred_locales")]

    operations = [
        migrations.AddField(
            model_name="customer",
            name="wallet",
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                fields=["wallet", "folded_name", "organization"], name="customer_wallet"
            ),
        ),
    ]
