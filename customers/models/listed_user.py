from django.conf import settings
from django.db import models

from customers.models.organization import Organization


class ListedUser(models.Model):
    """A user of the portal whom an organization's permission list names under `payment`."""

    pk = models.CompositePrimaryKey("user_id", "organization_id")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+", db_index=False)
    # From when on lists have named them, without a gap of ACCESS_PROOF_TTL.
    since = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = (models.Index(fields=("organization",), name="listed_of_organization"),)

    def __str__(self) -> str:
        return f"{self.user} is listed"
