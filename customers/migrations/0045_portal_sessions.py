"""A table of the portal's own sessions, under hashes of their keys."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0044_drop_axes")]

    operations = [
        migrations.CreateModel(
            name="PortalSession",
            fields=[
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("session_key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("user_id", models.IntegerField(db_index=True, null=True)),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
                "default_permissions": (),
            },
        ),
    ]
