from datetime import datetime, timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.upstream.message import Message

# A run without a heartbeat for this long is considered dead.
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

    # Progress, written every few seconds. No counts by answer: those would reveal billing.
    beat_at = models.DateTimeField(_("last heartbeat"), null=True, blank=True)
    due = models.PositiveIntegerField(_("due"), default=0)
    checked = models.PositiveIntegerField(_("checked"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    # Sessions that were verified first, and permission lists that were read.
    verified = models.PositiveIntegerField(_("sessions verified"), default=0, db_default=0)
    lists = models.PositiveIntegerField(_("permission lists read"), default=0, db_default=0)
    # {"outcome": organizations}
    counts = models.JSONField(_("counts"), default=dict)
    # [["code", {parameters}, count]], most frequent first
    troubles = models.JSONField(_("troubles"), default=list)

    # Host and process, so that the next run on this host can tell whether it was killed.
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
        return [(Message.of(code, **params), count) for code, params, count in self.troubles]

    @counted_troubles.setter
    def counted_troubles(self, troubles: list[tuple[Message, int]]) -> None:
        self.troubles = [[trouble.code, dict(trouble.params), count] for trouble, count in troubles]

    @property
    def last_seen_at(self) -> datetime:
        return self.ended_at or self.beat_at or self.started_at

    @property
    def is_silent(self) -> bool:
        return not self.ending and timezone.now() - self.last_seen_at > SILENCE

    @property
    def is_running(self) -> bool:
        return not self.ending and not self.is_silent

    @property
    def seconds(self) -> float:
        return (self.last_seen_at - self.started_at).total_seconds()

    @property
    def per_second(self) -> float:
        return self.checked / self.seconds if self.seconds > 0 else 0.0
