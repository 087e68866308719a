"""Index the folded names and e-mail addresses: in their order, and on PostgreSQL by trigrams."""

from django.db import migrations, models

_NARROWING = ("state", "brand", "funding", "currency", "country", "livemode")
_BY_NAME = ("folded_name", "organization")
_TRIGRAMS = {
    "customer_trigrams_of_name": "folded_name",
    "customer_trigrams_of_email": "folded_email",
}


def there(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name, column in _TRIGRAMS.items():
            schema_editor.execute(
                f"CREATE INDEX {name} ON customers_customer USING gin ({column} gin_trgm_ops)"
            )


def back(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in _TRIGRAMS:
            schema_editor.execute(f"DROP INDEX {name}")


def _index(model, name, fields, condition=None):
    index = models.Index(fields=fields, name=name, condition=condition)
    return migrations.AddIndex(model_name=model, index=index)


class Migration(migrations.Migration):
    dependencies = [("customers", "0038_fill_folded_columns")]

    operations = [
        _index("organization", "organization_by_name", ("folded_name", "org_id")),
        _index("customer", "customer_by_name", (*_BY_NAME, "state", "expires_on", "delinquent")),
        *(
            _index(
                "customer",
                f"customer_{column}",
                (column, *_BY_NAME, *(other for other in _NARROWING if other != column)),
            )
            for column in _NARROWING
        ),
        _index(
            "customer",
            "customer_delinquent",
            (*_BY_NAME, *_NARROWING),
            models.Q(delinquent=True),
        ),
        _index(
            "customer",
            "customer_failed",
            (*_BY_NAME, *_NARROWING),
            models.Q(("last_error", ""), _negated=True),
        ),
        _index("customer", "customer_found_by_email", ("folded_email",)),
        migrations.RunPython(there, back),
    ]
