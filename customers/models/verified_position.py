"""How far the disclosure log was verified."""

from django.db import models


class VerifiedPosition(models.Model):
    class Run(models.TextChoices):
        NEW = "new"  # what the next run need not read
        ALL = "all"  # where a run over the whole log is, until it ends

    run = models.CharField(max_length=3, primary_key=True, choices=Run.choices)
    number = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    began_at = models.DateTimeField()  # the run that noted it
    signature = models.BinaryField(max_length=32)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"verified up to entry {self.number}"
