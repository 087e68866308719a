"""The mail of one day to one user: what time it covers, and whether it has been sent."""

from django.conf import settings
from django.db import models


class Digest(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    day = models.DateField()
    # It tells of what was seen after the first and up to the second of these.
    covers_from = models.DateTimeField()
    covers_until = models.DateTimeField(null=True, blank=True)
    # Until when no other run works on it; a killed run's claim runs out.
    claimed_until = models.DateTimeField()
    # When it was settled: sent, unless there was nothing to say.
    settled_at = models.DateTimeField(null=True, blank=True)
    was_sent = models.BooleanField(default=False)
    # [[organization, kind of news]] that could not be verified: the next digest takes them up.
    unverified = models.JSONField(default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "day"), name="digest_once_a_day"),)

    def __str__(self) -> str:
        return f"digest of {self.day} for {self.user}"
