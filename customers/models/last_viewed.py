from django.conf import settings
from django.db import models

from customers.models.organization import Organization


class LastViewed(models.Model):
    """Not columns of Access: most users open few of the organizations that they may see."""

    pk = models.CompositePrimaryKey("user_id", "organization_id")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False)
    organization = models.ForeignKey(Organization, models.CASCADE)
    # When the answer that the user saw arrived. Updated only after a change, so that most page
    # views write nothing.
    looked_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"last look of {self.user}"
