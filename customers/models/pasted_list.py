"""A column of ids that a user pasted, kept for a while at a URL of its own."""

from django.conf import settings
from django.db import models
from django.urls import reverse


class PastedList(models.Model):
    """Holds the ids that were read, not the text around them."""

    key = models.CharField(max_length=22, unique=True)  # random, in the URL
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    pasted_at = models.DateTimeField(db_index=True)
    # For each pasted line the places of its ids in the list; null for a blank line.
    lines = models.JSONField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"list pasted by {self.user}"

    def get_absolute_url(self) -> str:
        return reverse("pasted_list", args=[self.key])
