"""Let the database work out from when on each proof shows the stored answer."""

from django.db import migrations, models
from django.db.models import Case, Q, When
from django.db.models.functions import Least


class Migration(migrations.Migration):
    dependencies = [("customers", "0011_fill_access_shows")]

    operations = [
        migrations.AddField(
            model_name="access",
            name="shows_since",
            field=models.GeneratedField(
                db_persist=True,
                expression=Case(
                    When(
                        Q(state="granted", shows_set_up=True, customer_sent_at__isnull=False),
                        then=Least("customer_sent_at", "proved_at"),
                    ),
                    When(Q(state="granted", shows_set_up=False), then="proved_at"),
                    default=None,
                ),
                output_field=models.DateTimeField(null=True),
            ),
        ),
    ]
