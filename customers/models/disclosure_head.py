"""The end of the disclosure log's chain: one row, locked by whoever adds to the log."""

from django.db import models


class DisclosureHead(models.Model):
    """`pruned_*` name the last entry that retention removed; the chain goes on from it. They are
    believed only while the log's last entry about a removal says the same. `signature` is of
    `number` and `hash`, with a key that the database does not hold."""

    number = models.BigIntegerField(default=0)  # the key of the last entry
    hash = models.BinaryField(max_length=32, default=b"")
    signature = models.BinaryField(max_length=32, default=b"")
    pruned_through = models.BigIntegerField(default=0)  # the key of the last entry removed
    pruned_hash = models.BinaryField(max_length=32, default=b"")

    def __str__(self) -> str:
        return "head of the disclosure log"
