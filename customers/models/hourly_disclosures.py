from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class HourlyDisclosures(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("user"))
    hour = models.DateTimeField(_("hour"))
    organizations = models.IntegerField(_("organizations"), default=0)
    is_unusual = models.BooleanField(_("unusual"), default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("hourly disclosures"), _("hourly disclosures")
        ordering = ("-hour", "-organizations")
        constraints = (
            models.UniqueConstraint(fields=("user", "hour"), name="hourly_disclosures_once"),
        )

    def __str__(self) -> str:
        return f"{self.organizations} organizations shown to {self.user}"
