"""Remove the tables, content types and permissions of django-axes, which counted sign-ins before.

What it had counted is forgotten: pauses of a quarter of an hour.
"""

from django.db import migrations

_TABLES = (
    "axes_accessattemptexpiration",
    "axes_accessattempt",
    "axes_accesslog",
    "axes_accessfailurelog",
)


def forget(apps, schema_editor):
    """As if it had never been installed, so that installing it again would work."""
    apps.get_model("contenttypes", "ContentType").objects.filter(app_label="axes").delete()
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'axes'")


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0043_failed_attempts"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        *(migrations.RunSQL(f"DROP TABLE IF EXISTS {table}", "") for table in _TABLES),
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]
