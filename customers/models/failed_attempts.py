"""How many attempts on one name, account or address have failed lately, and a pause after many."""

from django.db import models


class FailedAttempts(models.Model):
    # A keyed hash of what is counted: no typed name stands anywhere in the clear.
    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField(null=True)  # the first of those that are counted
    paused_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.count} failed attempts on {self.key[:8]}"
