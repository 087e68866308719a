"""Index the proofs of organizations whose page the user has opened."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0026_search_by_trigrams")]

    operations = [
        migrations.AddIndex(
            model_name="access",
            index=models.Index(
                condition=models.Q(("looked_at__isnull", False)),
                fields=["user", "organization"],
                name="access_looked_at",
            ),
        ),
    ]
