"""Say in columns what a change is about."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0005_fill_customer_since")]

    operations = [
        migrations.AddField(
            model_name="change",
            name="became_delinquent",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="change",
            name="changed_balance",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="change",
            name="changed_details",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="change",
            name="changed_expiry",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="change",
            name="changed_method",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="change",
            name="changed_subscriptions",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="change",
            name="deleted_customer",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="change",
            name="gained_method",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="change",
            name="lost_method",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="change",
            name="was_paid",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("became_delinquent", True)),
                fields=["-seen_at", "-id"],
                name="change_became_delinquent",
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("was_paid", True)),
                fields=["-seen_at", "-id"],
                name="change_was_paid",
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("lost_method", True)),
                fields=["-seen_at", "-id"],
                name="change_lost_method",
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("gained_method", True)),
                fields=["-seen_at", "-id"],
                name="change_gained_method",
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("changed_method", True)),
                fields=["-seen_at", "-id"],
                name="change_changed_method",
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("changed_expiry", True)),
                fields=["-seen_at", "-id"],
                name="change_changed_expiry",
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("changed_balance", True)),
                fields=["-seen_at", "-id"],
                name="change_changed_balance",
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("changed_subscriptions", True)),
                fields=["-seen_at", "-id"],
                name="change_changed_subscriptions",
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("deleted_customer", True)),
                fields=["-seen_at", "-id"],
                name="change_deleted_customer",
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("changed_details", True)),
                fields=["-seen_at", "-id"],
                name="change_changed_details",
            ),
        ),
    ]
