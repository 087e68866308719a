"""Have each index that narrows a list tell what else lists are narrowed by.

In return, three go that others stand in for: a second one of the hashes of cards, which Django
makes for searches by their beginning, and two by a foreign key that begins others.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_COLUMNS = ("state", "brand", "funding", "currency", "country", "livemode")
_NAMED = ("organization_name", "organization")
_PARTIAL = {
    "customer_delinquent": models.Q(delinquent=True),
    "customer_failed": models.Q(("last_error", ""), _negated=True),
}


def _anew(name, fields, condition=None):
    index = models.Index(fields=fields, name=name, condition=condition)
    return [
        migrations.RemoveIndex(model_name="customer", name=name),
        migrations.AddIndex(model_name="customer", index=index),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0030_room_for_claims"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(
            operation
            for column in _COLUMNS
            for operation in _anew(
                f"customer_{column}",
                (column, *_NAMED, *(other for other in _COLUMNS if other != column)),
            )
        ),
        *(
            operation
            for name, condition in _PARTIAL.items()
            for operation in _anew(name, (*_NAMED, *_COLUMNS), condition)
        ),
        migrations.AlterField(
            model_name="customer",
            name="fingerprint_hash",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                fields=("fingerprint_hash", "organization"), name="customer_found_by_card"
            ),
        ),
        migrations.AlterField(
            model_name="access",
            name="user",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="change",
            name="organization",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                to="customers.organization",
            ),
        ),
    ]
