"""The end of the disclosure log's chain: one row, locked by whoever adds to the log."""

from django.db import models


class DisclosureHead(models.Model):
    """`pruned_*` say up to which entry retention has removed the log; the chain goes on from it."""

    hash = models.BinaryField(max_length=32, default=b"")
    pruned_through = models.BigIntegerField(default=0)  # the key of the last entry removed
    pruned_hash = models.BinaryField(max_length=32, default=b"")
    pruned_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return "head of the disclosure log"
