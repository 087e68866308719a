"""A CSV file of organizations that its user has uploaded and not confirmed yet."""

from uuid import uuid4

from django.conf import settings
from django.db import models


class PendingImport(models.Model):
    """One per user, the latest; see services/organizations/import_uploads.py."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+"
    )
    key = models.UUIDField(default=uuid4, editable=False)
    file_name = models.CharField(max_length=255)
    content = models.BinaryField(editable=False)  # compressed
    uploaded_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"import of {self.user}"
