"""A permission that the portal has once granted to a group."""

from django.db import models


class GroupGrant(models.Model):
    group = models.CharField(max_length=150)  # a name, since the group may be deleted
    permission = models.CharField(max_length=100)  # a codename

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("group", "permission"), name="grant_once"),)

    def __str__(self) -> str:
        return f"{self.permission} for {self.group}"
