"""Make the group "Support" with just what support staff need."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUP = "Support"
PERMISSIONS = ("view_customer", "export_customer", "add_note")


def make_group(apps: Any, schema_editor: Any) -> None:
    # Permissions are normally made after all migrations; these are needed now.
    config = apps.get_app_config("customers")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="customers", codename__in=PERMISSIONS
    )
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=GROUP)
    group.permissions.add(*permissions)


def leave_group(apps: Any, schema_editor: Any) -> None:
    """People may be in it by now, so it stays."""


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0001_rows"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_group, leave_group)]
