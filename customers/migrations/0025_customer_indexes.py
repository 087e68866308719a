"""Index customers by what lists are sorted and narrowed by, and by nothing else."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0024_fill_customer_organization_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="customer",
            name="customer_delinquent",
        ),
        migrations.RemoveIndex(
            model_name="customer",
            name="customer_failed",
        ),
        migrations.RemoveIndex(
            model_name="customer",
            name="customer_state",
        ),
        migrations.AlterField(
            model_name="customer",
            name="brand",
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AlterField(
            model_name="customer",
            name="changed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="customer",
            name="checked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="customer",
            name="checked_with",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="customer",
            name="customer_id",
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AlterField(
            model_name="customer",
            name="email",
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AlterField(
            model_name="customer",
            name="expires_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="customer",
            name="last4",
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                fields=["organization_name", "organization", "state", "expires_on", "delinquent"],
                name="customer_by_name",
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(fields=["checked_at", "organization"], name="customer_by_check"),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(fields=["changed_at", "organization"], name="customer_by_change"),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(fields=["expires_on", "organization"], name="customer_by_expiry"),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(fields=["balance", "organization"], name="customer_by_balance"),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                fields=["state", "organization_name", "organization"], name="customer_state"
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                fields=["brand", "organization_name", "organization"], name="customer_brand"
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                fields=["funding", "organization_name", "organization"], name="customer_funding"
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                fields=["currency", "organization_name", "organization"], name="customer_currency"
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                fields=["country", "organization_name", "organization"], name="customer_country"
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                fields=["livemode", "organization_name", "organization"], name="customer_livemode"
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                condition=models.Q(("delinquent", True)),
                fields=["organization_name", "organization"],
                name="customer_delinquent",
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                condition=models.Q(("last_error", ""), _negated=True),
                fields=["organization_name", "organization"],
                name="customer_failed",
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(fields=["customer_id"], name="customer_found_by_id"),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(fields=["last4"], name="customer_found_by_last4"),
        ),
    ]
