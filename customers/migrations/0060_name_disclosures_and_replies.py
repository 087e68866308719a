"""Call the disclosure log, its hourly counts and the texts of replies what everybody calls them.

Every row is kept, and so are the content types and permissions that groups, users and the admin's
history refer to. The log's triggers go first, since they name its table; they are made again after
all migrations (services/disclosures/triggers.py).
"""

from django.conf import settings
from django.db import migrations, models

# The former name of a model, its name, and what its permissions call it.
_RENAMED = (
    ("view", "disclosure", "disclosure"),
    ("volume", "hourlydisclosures", "hourly disclosures"),
    ("answertemplate", "replytemplate", "reply"),
)
_ACTIONS = ("add", "change", "delete", "view")
_GUARDED = ("customers_view", "customers_disclosurehead")
_TRIGGERS = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal AND pg_table_is_visible(tgrelid)",
}


def let_go(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_TRIGGERS[schema_editor.connection.vendor])
        for name, table in cursor.fetchall():
            if table in _GUARDED:
                of_table = "" if is_sqlite else f' ON "{table}"'
                cursor.execute(f'DROP TRIGGER "{name}"{of_table}')
        if not is_sqlite:
            cursor.execute("DROP FUNCTION IF EXISTS view_stays()")


def move_permissions(apps, schema_editor):
    """Rename their rows. Django itself renames content types alone, and makes new permissions."""
    kinds = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="customers")
    permissions = apps.get_model("auth", "Permission").objects
    for former, name, words in _RENAMED:
        kinds.filter(model=former).update(model=name)
        for action in _ACTIONS:
            permissions.filter(
                content_type__app_label="customers",
                content_type__model=name,
                codename=f"{action}_{former}",
            ).update(codename=f"{action}_{name}", name=f"Can {action} {words}")


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0051_sign_the_end_of_the_log"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(let_go),
        migrations.RenameModel("View", "Disclosure"),
        migrations.RenameModel("Volume", "HourlyDisclosures"),
        migrations.RenameModel("AnswerTemplate", "ReplyTemplate"),
        migrations.RunPython(move_permissions),
        migrations.RenameIndex(
            "disclosure", new_name="disclosure_of_organization", old_name="view_of_organization"
        ),
        migrations.RenameIndex(
            "disclosure", new_name="disclosure_of_user", old_name="view_of_user"
        ),
        migrations.RenameIndex("disclosure", new_name="disclosure_latest", old_name="view_latest"),
        migrations.RemoveConstraint("hourlydisclosures", "volume_once_an_hour"),
        migrations.AddConstraint(
            "hourlydisclosures",
            models.UniqueConstraint(fields=("user", "hour"), name="hourly_disclosures_once"),
        ),
        migrations.RemoveConstraint("replytemplate", "answer_once_a_state_and_language"),
        migrations.AddConstraint(
            "replytemplate",
            models.UniqueConstraint(
                fields=("state", "language"), name="reply_once_a_state_and_language"
            ),
        ),
        migrations.AlterModelOptions(
            "hourlydisclosures",
            {
                "ordering": ("-hour", "-organizations"),
                "verbose_name": "hourly disclosures",
                "verbose_name_plural": "hourly disclosures",
            },
        ),
        migrations.AlterModelOptions(
            "replytemplate", {"verbose_name": "reply", "verbose_name_plural": "replies"}
        ),
    ]
