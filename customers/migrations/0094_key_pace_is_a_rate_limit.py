"""Rename KeyPace to KeyRateLimit, with its content type and permissions.

Django renames the content type alone, and would make a second set of permissions.
"""

from django.conf import settings
from django.db import migrations

_FORMER, _NAME = ("keypace", "key pace"), ("keyratelimit", "key rate limit")


def rename_permissions(apps, former, name):
    kinds = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="customers")
    kinds.filter(model=former[0]).update(model=name[0])
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__in=kinds.filter(model=name[0])
    )
    for action in ("add", "change", "delete", "view"):
        permissions.filter(codename=f"{action}_{former[0]}").update(
            codename=f"{action}_{name[0]}", name=f"Can {action} {name[1]}"
        )


def forwards(apps, schema_editor):
    rename_permissions(apps, _FORMER, _NAME)


def backwards(apps, schema_editor):
    rename_permissions(apps, _NAME, _FORMER)


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0093_say_it_plainly"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RenameModel("KeyPace", "KeyRateLimit"),
        migrations.RunPython(forwards, backwards),
    ]
