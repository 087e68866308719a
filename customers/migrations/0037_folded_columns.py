"""Make room for folded names and e-mail addresses, in place of the indexes of small letters."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from customers.models.folded_field import FoldedField

_NARROWING = ("state", "brand", "funding", "currency", "country", "livemode")
_TRIGRAMS = {
    "customer_trigrams_of_name": "organization_name",
    "customer_trigrams_of_email": "email",
}


def there(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in _TRIGRAMS:
            schema_editor.execute(f"DROP INDEX {name}")


def back(apps, schema_editor):
    """Fill in the names as they were, and index their parts."""
    Organization = apps.get_model("customers", "Organization")
    Customer = apps.get_model("customers", "Customer")
    own = Organization.objects.filter(pk=OuterRef("pk"))
    Customer.objects.update(organization_name=Subquery(own.values("name")))
    if schema_editor.connection.vendor == "postgresql":
        for name, column in _TRIGRAMS.items():
            schema_editor.execute(
                f"CREATE INDEX {name} ON customers_customer "
                f"USING gin (UPPER({column}::text) gin_trgm_ops)"
            )


def _without(model, name):
    return migrations.RemoveIndex(model_name=model, name=name)


class Migration(migrations.Migration):
    dependencies = [("customers", "0036_clean_stored_texts")]

    operations = [
        migrations.RunPython(there, back),
        _without("organization", "organization_lower_name"),
        _without("customer", "customer_lower_email"),
        _without("customer", "customer_by_name"),
        *(_without("customer", f"customer_{column}") for column in _NARROWING),
        _without("customer", "customer_delinquent"),
        _without("customer", "customer_failed"),
        migrations.RemoveField(model_name="customer", name="organization_name"),
        migrations.AddField(model_name="customer", name="folded_name", field=FoldedField()),
        migrations.AddField(
            model_name="customer", name="folded_email", field=FoldedField(of="email")
        ),
        migrations.AddField(
            model_name="organization", name="folded_name", field=FoldedField(of="name")
        ),
        migrations.AlterField(
            model_name="organization",
            name="name",
            field=models.CharField(blank=True, max_length=255, verbose_name="name"),
        ),
        migrations.AlterModelOptions(
            name="organization",
            options={
                "ordering": ("folded_name", "org_id"),
                "verbose_name": "organization",
                "verbose_name_plural": "organizations",
            },
        ),
    ]
