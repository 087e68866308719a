"""One run of sync_customers: when, by what, with which options, and how it ended."""

from django.db import models


class SyncRun(models.Model):
    class Ending(models.TextChoices):
        RUNNING = "", "running or killed"
        COMPLETE = "complete", "complete"
        FAILURES = "failures", "complete, with failures"
        INTERRUPTED = "interrupted", "interrupted"

    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    started_by = models.CharField(max_length=255)
    options = models.JSONField(default=dict)
    # {"outcome": organizations}; answers are not told apart, for that would be billing.
    counts = models.JSONField(default=dict)
    ending = models.CharField(max_length=16, choices=Ending.choices, blank=True)

    class Meta:
        ordering = ("-started_at",)

    def __str__(self) -> str:
        return f"sync of {self.started_at:%Y-%m-%d %H:%M}"
