"""Which answer a user last opened an organization's page with."""

from django.conf import settings
from django.db import models

from customers.models.organization import Organization


class LastViewed(models.Model):
    """Apart from Access, for most users open few of the organizations that they may see."""

    pk = models.CompositePrimaryKey("user_id", "organization_id")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False)
    organization = models.ForeignKey(Organization, models.CASCADE)
    # The arrival of that answer. Moved on only when something has changed since, so that most
    # views of a page write nothing here.
    looked_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"last look of {self.user}"
