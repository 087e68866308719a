from django.conf import settings
from django.db import models


class Digest(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    day = models.DateField()
    # The time it covers: after the first, up to and including the second.
    covers_from = models.DateTimeField()
    covers_until = models.DateTimeField(null=True, blank=True)
    # No other run takes it until then; a killed run's claim expires.
    claimed_until = models.DateTimeField()
    # When it was sent, or turned out to be empty.
    settled_at = models.DateTimeField(null=True, blank=True)
    was_sent = models.BooleanField(default=False)
    # [[organization, kind of news]] for the next digest to verify.
    unverified = models.JSONField(default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "day"), name="digest_once_a_day"),)

    def __str__(self) -> str:
        return f"digest of {self.day} for {self.user}"
