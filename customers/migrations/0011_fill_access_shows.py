"""Fill in what the proofs so far show, from the stored answers."""

from django.db import migrations
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce


def fill(apps, schema_editor):
    Customer = apps.get_model("customers", "Customer")
    Access = apps.get_model("customers", "Access")
    answer = Customer.objects.filter(pk=OuterRef("organization_id")).exclude(state="unchecked")
    Access.objects.update(
        shows_set_up=Subquery(answer.values("is_set_up")),
        shows_state=Coalesce(Subquery(answer.values("state")), Value("")),
        shows_delinquent=Subquery(answer.values("delinquent")),
        shows_expires_on=Subquery(answer.values("expires_on")),
        shows_failing=Coalesce(
            Subquery(answer.annotate(failing=~Q(last_error="")).values("failing")), Value(False)
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("customers", "0010_access_shows")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
