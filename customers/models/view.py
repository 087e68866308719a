"""The disclosure log: who was shown which organization's billing, when, where, and how old.

Rows are only ever added, each with a hash that covers the one before (services/disclosures.py).
They hold names as they were, and outlive the user and the organization that they are about: the
keys beside the names are kept without a constraint.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models.organization import Organization


class View(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
        verbose_name=_("user"),
    )
    username = models.CharField(_("user name"), max_length=150, default="")
    organization = models.ForeignKey(
        Organization,
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        verbose_name=_("organization"),
    )
    org_id = models.CharField(_("org id"), max_length=200, default="")
    seen_at = models.DateTimeField(_("seen at"))
    # "page", "past", "list", "overview", "changes", "export", "digest", "command": where it was.
    where = models.CharField(_("where"), max_length=16)
    # Where the request came from, and what for, if the user said so.
    ip_address = models.GenericIPAddressField(_("address"), null=True, blank=True)
    purpose = models.CharField(_("purpose or ticket"), max_length=200, blank=True, default="")
    # The answer that was shown, and whose credentials had fetched it.
    checked_at = models.DateTimeField(_("checked at"), null=True)
    checked_with = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
        verbose_name=_("checked with"),
    )
    checked_with_name = models.CharField(_("checked with"), max_length=150, default="")
    hash = models.BinaryField(max_length=32, default=b"")

    class Meta:
        verbose_name, verbose_name_plural = _("disclosure"), _("disclosure log")
        ordering = ("-seen_at", "-pk")
        indexes = (
            models.Index(fields=("organization", "-seen_at"), name="view_of_organization"),
            models.Index(fields=("user", "organization", "-seen_at"), name="view_of_user"),
            models.Index(fields=("-seen_at", "-id"), name="view_latest"),
        )

    def __str__(self) -> str:
        return f"{self.username} saw {self.org_id} ({self.where})"
