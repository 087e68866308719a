"""The end of the disclosure log's chain: one row, locked by whoever adds to the log."""

from django.db import models


class DisclosureHead(models.Model):
    """`pruned_*` are of the last entry that retention has removed; the chain goes on from it. They
    count for what the last entry about a removal says, and no more."""

    number = models.BigIntegerField(default=0)  # the key of the last entry
    hash = models.BinaryField(max_length=32, default=b"")
    pruned_through = models.BigIntegerField(default=0)  # the key of the last entry removed
    pruned_hash = models.BinaryField(max_length=32, default=b"")

    def __str__(self) -> str:
        return "head of the disclosure log"
