"""The disclosure log: who was shown which organization's billing, when, where, and how old."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models.organization import Organization


class View(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("user"),
    )
    organization = models.ForeignKey(Organization, models.CASCADE, verbose_name=_("organization"))
    seen_at = models.DateTimeField(_("seen at"))
    # "page", "list", "export", "command": where it was shown.
    where = models.CharField(_("where"), max_length=16)
    # The answer that was shown, and whose credentials had fetched it.
    checked_at = models.DateTimeField(_("checked at"), null=True)
    checked_with = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("checked with"),
    )

    class Meta:
        verbose_name, verbose_name_plural = _("disclosure"), _("disclosure log")
        ordering = ("-seen_at", "-pk")
        indexes = (models.Index(fields=("organization", "-seen_at"), name="view_of_organization"),)

    def __str__(self) -> str:
        return f"{self.user} saw {self.organization} ({self.where})"
