"""From when on the next call with one API key may start, and how fast; all processes share it."""

from django.db import models


class KeyPace(models.Model):
    # A keyed hash: the key itself stands nowhere in the clear.
    key_hash = models.CharField(max_length=64, primary_key=True)
    free_from = models.DateTimeField()
    # Calls a second while the upstream asks to slow down, the rate to climb back to, and when the
    # rate last changed; null while it does not.
    slow_rate = models.FloatField(null=True)
    full_rate = models.FloatField(null=True)
    rate_changed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"pace of {self.key_hash[:8]}"
