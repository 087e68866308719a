"""From when on the next call with one API key may start; all processes share it."""

from django.db import models


class KeyPace(models.Model):
    # A keyed hash: the key itself stands nowhere in the clear.
    key_hash = models.CharField(max_length=64, primary_key=True)
    free_from = models.DateTimeField()

    def __str__(self) -> str:
        return f"pace of {self.key_hash[:8]}"
