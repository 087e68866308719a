"""The disclosure log: who was shown which organization's billing, when, where, and how old."""

from django.conf import settings
from django.db import models

from customers.models.organization import Organization


class View(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    organization = models.ForeignKey(Organization, models.CASCADE)
    seen_at = models.DateTimeField()
    # "page", "list", "export", "command": where it was shown.
    where = models.CharField(max_length=16)
    # The answer that was shown, and whose credentials had fetched it.
    checked_at = models.DateTimeField(null=True)
    checked_with = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name, verbose_name_plural = "disclosure", "disclosure log"
        ordering = ("-seen_at", "-pk")
        indexes = (models.Index(fields=("organization", "-seen_at"), name="view_of_organization"),)

    def __str__(self) -> str:
        return f"{self.user} saw {self.organization} ({self.where})"
