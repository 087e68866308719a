"""A user's wish to be told when an organization changes."""

from django.conf import settings
from django.db import models

from customers.models.organization import Organization


class Watch(models.Model):
    """Says nothing about access: what a user is told follows from proofs alone."""

    pk = models.CompositePrimaryKey("user_id", "organization_id")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False)
    organization = models.ForeignKey(Organization, models.CASCADE)
    since = models.DateTimeField()
    # Changes up to this one are read.
    read_until = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"watch of {self.user}"
