"""Give an entry of the disclosure log a format, and what format 2 says more.

What is there is of format 1, and not touched. The triggers are made again after all migrations
(services/disclosure_triggers.py).
"""

import django.db.models.deletion
from django.db import migrations, models


def let_go(apps, schema_editor):
    """SQLite cannot alter a table that a trigger of another one reads."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS view_is_not_deleted")


class Migration(migrations.Migration):
    dependencies = [("customers", "0048_the_log_holds_together")]

    operations = [
        migrations.RunPython(let_go),
        migrations.AddField(
            model_name="view",
            name="format",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="format"),
        ),
        migrations.AddField(
            model_name="view",
            name="token_name",
            field=models.CharField(blank=True, default="", max_length=100, verbose_name="token"),
        ),
        migrations.AddField(
            model_name="view",
            name="proof",
            field=models.CharField(
                choices=[("own", "own credentials"), ("listed", "permission list")],
                default="",
                max_length=8,
                verbose_name="proof",
            ),
        ),
        migrations.AddField(
            model_name="view",
            name="shown_together",
            field=models.CharField(default="", max_length=32, verbose_name="shown together"),
        ),
        migrations.AlterField(
            model_name="view",
            name="organization",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                to="customers.organization",
                verbose_name="organization",
            ),
        ),
        migrations.AlterField(
            model_name="view",
            name="where",
            field=models.CharField(
                choices=[
                    ("page", "page"),
                    ("past", "past"),
                    ("list", "list"),
                    ("overview", "overview"),
                    ("changes", "changes"),
                    ("export", "export"),
                    ("digest", "digest"),
                    ("command", "command"),
                    ("pasted", "pasted ids"),
                    ("report", "report"),
                    ("api", "API"),
                    ("mcp", "MCP"),
                    ("pruned", "removed by retention"),
                ],
                max_length=16,
                verbose_name="where",
            ),
        ),
        migrations.AddField(
            model_name="disclosurehead",
            name="number",
            field=models.BigIntegerField(default=0),
        ),
        migrations.RemoveField(model_name="disclosurehead", name="pruned_at"),
    ]
