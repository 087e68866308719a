from django.conf import settings
from django.db import models


class KeptFigures(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False)
    kind = models.CharField(max_length=16)
    counted_at = models.DateTimeField()
    figures = models.JSONField()

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("user", "kind"), name="kept_figures_once_a_kind"),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.user}"
