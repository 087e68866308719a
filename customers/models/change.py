"""A difference between two consecutive answers, with the interval in which it happened."""

from django.conf import settings
from django.db import models

from customers.models.organization import Organization


class Change(models.Model):
    organization = models.ForeignKey(Organization, models.CASCADE)
    # It happened after the first of these answers was asked for and before the second arrived.
    after = models.DateTimeField()
    seen_at = models.DateTimeField()
    seen_with = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    # {"column of Customer": [before, now]}
    differences = models.JSONField()

    class Meta:
        ordering = ("-seen_at", "-pk")
        indexes = (
            models.Index(fields=("organization", "-seen_at"), name="change_of_organization"),
            models.Index(fields=("-seen_at", "-id"), name="change_latest"),
        )

    def __str__(self) -> str:
        return f"change of {self.organization}"
