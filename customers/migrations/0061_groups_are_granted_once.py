"""Note what former releases have granted to the group "Support", so that it is not granted again.

They made it and its permissions in migrations; now both are made after `migrate`
(services/accounts/support_group.py).
"""

from django.conf import settings
from django.db import migrations, models

_GRANTED = ("view_customer", "export_customer", "add_note", "watch_syncrun")


def note_granted(apps, schema_editor):
    """A permission that is there already came with a release that granted it. Without any user
    the database is a new one, of which nobody has decided anything."""
    if not apps.get_model(settings.AUTH_USER_MODEL).objects.exists():
        return
    there = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="customers", codename__in=_GRANTED
    )
    grants = apps.get_model("customers", "GroupGrant")
    grants.objects.bulk_create(
        grants(group="Support", permission=name)
        for name in there.values_list("codename", flat=True)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0060_name_disclosures_and_replies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GroupGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("group", models.CharField(max_length=150)),
                ("permission", models.CharField(max_length=100)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("group", "permission"), name="grant_once")
                ],
            },
        ),
        migrations.RunPython(note_granted, migrations.RunPython.noop),
    ]
