"""What somebody sent after their session had ended, kept for at most half an hour."""

from uuid import uuid4

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """Written and read only by services/drafts/."""

    key = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    path = models.TextField()  # that its form is sent to
    fields = models.BinaryField(editable=False)  # JSON, compressed
    created_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = (models.Index(fields=("user", "created_at"), name="draft_of_user"),)

    def __str__(self) -> str:
        return f"draft of {self.user}"
