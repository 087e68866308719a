"""Since when Catalyze has answered nobody: one row while it is silent, else none."""

from django.db import models


class CatalyzeSilence(models.Model):
    """Written only by services/credentials/silence.py."""

    since = models.DateTimeField()
    tried_at = models.DateTimeField()
    # The org id, as long as all failed calls were about this one organization.
    only_about = models.CharField(max_length=200, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"silent since {self.since}"
