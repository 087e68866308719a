"""Index names and e-mail addresses in small letters, as they are compared with a ticket."""

from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("customers", "0008_names_in_words")]

    operations = [
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(Lower("email"), name="customer_lower_email"),
        ),
        migrations.AddIndex(
            model_name="organization",
            index=models.Index(Lower("name"), name="organization_lower_name"),
        ),
    ]
