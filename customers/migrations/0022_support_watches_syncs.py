"""Let the group "Support" watch sync runs."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations

PERMISSIONS = ("watch_syncrun",)


def let_watch(apps: Any, schema_editor: Any) -> None:
    # Permissions are normally made after all migrations; this one is needed now.
    config = apps.get_app_config("customers")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="customers", codename__in=PERMISSIONS
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="Support"):
        group.permissions.add(*permissions)


def let_not_watch(apps: Any, schema_editor: Any) -> None:
    for group in apps.get_model("auth", "Group").objects.filter(name="Support"):
        group.permissions.remove(*group.permissions.filter(codename__in=PERMISSIONS))


class Migration(migrations.Migration):
    dependencies = [("customers", "0021_answer_templates")]
    operations = [
        migrations.AlterModelOptions(
            name="syncrun",
            options={
                "ordering": ("-started_at", "-pk"),
                "permissions": (("watch_syncrun", "Can watch sync runs"),),
                "verbose_name": "sync run",
                "verbose_name_plural": "sync runs",
            },
        ),
        migrations.RunPython(let_watch, let_not_watch),
    ]
