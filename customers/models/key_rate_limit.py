"""When the next call with an API key may start, and at what rate; shared by all processes."""

from django.db import models


class KeyRateLimit(models.Model):
    # A keyed hash; the key itself is not stored.
    key_hash = models.CharField(max_length=64, primary_key=True)
    free_from = models.DateTimeField()
    # Set only while the upstream asks to slow down: the current rate in calls per second, the rate
    # to return to, and the time of the last change.
    slow_rate = models.FloatField(null=True)
    full_rate = models.FloatField(null=True)
    rate_changed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"rate limit of {self.key_hash[:8]}"
