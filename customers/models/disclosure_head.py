"""The end of the disclosure log's hash chain: one row, locked by each writer."""

from django.db import models


class DisclosureHead(models.Model):
    number = models.BigIntegerField(default=0)  # primary key of the last entry
    hash = models.BinaryField(max_length=32, default=b"")
    signature = models.BinaryField(max_length=32, default=b"")
    pruned_through = models.BigIntegerField(default=0)  # primary key of the last removed entry
    pruned_hash = models.BinaryField(max_length=32, default=b"")

    def __str__(self) -> str:
        return "head of the disclosure log"
