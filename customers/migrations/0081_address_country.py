"""Make room for the country of the customer's address."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0080_phone")]

    operations = [
        migrations.AddField(
            model_name="customer",
            name="address_country",
            field=models.CharField(blank=True, max_length=255),
        ),
    ]
