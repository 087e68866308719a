"""One run of sync_customers: when, by what, with which options, and how it ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SyncRun(models.Model):
    class Ending(models.TextChoices):
        RUNNING = "", _("running or killed")
        COMPLETE = "complete", _("complete")
        FAILURES = "failures", _("complete, with failures")
        INTERRUPTED = "interrupted", _("interrupted")

    started_at = models.DateTimeField(_("started at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    started_by = models.CharField(_("started by"), max_length=255)
    options = models.JSONField(_("options"), default=dict)
    # {"outcome": organizations}; answers are not told apart, for that would be billing.
    counts = models.JSONField(_("counts"), default=dict)
    ending = models.CharField(_("ending"), max_length=16, choices=Ending.choices, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("sync run"), _("sync runs")
        ordering = ("-started_at",)

    def __str__(self) -> str:
        return f"sync of {self.started_at:%Y-%m-%d %H:%M}"
