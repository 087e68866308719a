"""Make room for whether the customer pays tax, and narrow lists by it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0081_address_country")]

    operations = [
        migrations.AddField(
            model_name="customer",
            name="tax_exempt",
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                fields=["tax_exempt", "folded_name", "organization"], name="customer_tax_exempt"
            ),
        ),
    ]
