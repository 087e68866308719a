"""One run of sync_customers: when, by what, with which options, how far it is, how it ended."""

from datetime import datetime, timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.upstream.message import Message

# A run notes that it is alive every few seconds; after this long in silence it is taken for dead.
SILENCE = timedelta(minutes=1)


class SyncRun(models.Model):
    class Ending(models.TextChoices):
        RUNNING = "", _("running")
        COMPLETE = "complete", _("complete")
        FAILURES = "failures", _("complete, with failures")
        INTERRUPTED = "interrupted", _("interrupted")
        GAVE_UP = "gave_up", _("stopped, because Catalyze kept failing")
        LOST = "lost", _("stopped unexpectedly")

    started_at = models.DateTimeField(_("started at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    started_by = models.CharField(_("started by"), max_length=255)
    options = models.JSONField(_("options"), default=dict)

    # How far it is, noted every few seconds. None of it tells answers apart: that is billing.
    beat_at = models.DateTimeField(_("last heartbeat"), null=True, blank=True)
    due = models.PositiveIntegerField(_("due"), default=0)
    checked = models.PositiveIntegerField(_("checked"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    # {"outcome": organizations}
    counts = models.JSONField(_("counts"), default=dict)
    # [["code of what went wrong", {its parameters}, how often]]
    troubles = models.JSONField(_("troubles"), default=list)

    # The machine and the process, by which the next run there knows whether it was killed.
    process = models.CharField(max_length=255, blank=True, editable=False)
    ending = models.CharField(_("ending"), max_length=16, choices=Ending.choices, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("sync run"), _("sync runs")
        ordering = ("-started_at", "-pk")
        # For the staff pages; `view_syncrun` opens the back office.
        permissions = (("watch_syncrun", "Can watch sync runs"),)
        indexes = (
            models.Index(fields=("-started_at", "-id"), name="sync_run_latest"),
            models.Index(fields=("id",), name="sync_run_open", condition=models.Q(ending="")),
        )

    def __str__(self) -> str:
        return f"sync of {self.started_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("sync_run", args=[self.pk])

    @property
    def counted_troubles(self) -> list[tuple[Message, int]]:
        """What went wrong, each with how often, most often first."""
        return [(Message.of(code, **params), count) for code, params, count in self.troubles]

    @counted_troubles.setter
    def counted_troubles(self, troubles: list[tuple[Message, int]]) -> None:
        self.troubles = [[trouble.code, dict(trouble.params), count] for trouble, count in troubles]

    @property
    def last_seen_at(self) -> datetime:
        """When it ended, or was last known to be alive."""
        return self.ended_at or self.beat_at or self.started_at

    @property
    def is_silent(self) -> bool:
        """Whether it has not ended, but has not been heard of for too long."""
        return not self.ending and timezone.now() - self.last_seen_at > SILENCE

    @property
    def is_running(self) -> bool:
        return not self.ending and not self.is_silent

    @property
    def seconds(self) -> float:
        """How long it took, or has taken so far."""
        return (self.last_seen_at - self.started_at).total_seconds()

    @property
    def per_second(self) -> float:
        """Organizations checked a second."""
        return self.checked / self.seconds if self.seconds > 0 else 0.0
