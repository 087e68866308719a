"""How many sessions a run verified first, and how many permission lists it read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0211_users_id_returned")]

    operations = [
        migrations.AddField(
            model_name="syncrun",
            name="verified",
            field=models.PositiveIntegerField(
                db_default=0, default=0, verbose_name="sessions verified"
            ),
        ),
        migrations.AddField(
            model_name="syncrun",
            name="lists",
            field=models.PositiveIntegerField(
                db_default=0, default=0, verbose_name="permission lists read"
            ),
        ),
    ]
