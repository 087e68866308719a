"""When Catalyze last said who has the payment permission on an organization."""

from django.conf import settings
from django.db import models

from customers.models.organization import Organization


class PermissionList(models.Model):
    """Whom it names is in ListedUser."""

    organization = models.OneToOneField(Organization, models.CASCADE, primary_key=True)
    # When the request for it was sent, and with whose credentials; None until one was read.
    asked_at = models.DateTimeField(null=True)
    fetched_with = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    # When one was last asked for, even in vain.
    attempted_at = models.DateTimeField()

    # Of a queryset: the last attempt was in vain.
    HAS_FAILED = models.Q(asked_at=None) | models.Q(asked_at__lt=models.F("attempted_at"))

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"permission list of {self.organization_id}"
