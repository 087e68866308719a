"""Make room for the digits of the number that a wallet pays with, and find by them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0033_looked_at_by_time")]

    operations = [
        migrations.AddField(
            model_name="customer",
            name="dynamic_last4",
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(fields=["dynamic_last4"], name="customer_found_by_dynamic"),
        ),
    ]
