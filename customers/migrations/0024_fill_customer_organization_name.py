"""Fill in the names of the organizations."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    Organization = apps.get_model("customers", "Organization")
    Customer = apps.get_model("customers", "Customer")
    own = Organization.objects.filter(pk=OuterRef("pk"))
    Customer.objects.update(organization_name=Subquery(own.values("name")))


class Migration(migrations.Migration):
    dependencies = [("customers", "0023_customer_organization_name")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
