from django.db import models


class FailedAttempts(models.Model):
    # A keyed hash; names are never stored in the clear.
    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField(null=True)  # the first counted failure
    paused_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.count} failed attempts on {self.key[:8]}"
