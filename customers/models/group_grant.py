"""What the portal has granted to a group by itself, so that it does so once."""

from django.db import models


class GroupGrant(models.Model):
    group = models.CharField(max_length=150)  # its name, for it may be gone
    permission = models.CharField(max_length=100)  # its codename

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("group", "permission"), name="grant_once"),)

    def __str__(self) -> str:
        return f"{self.permission} for {self.group}"
