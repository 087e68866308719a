"""The disclosure log: who was shown which organization's billing, when, where, and how old.

Rows are only ever added, each with a hash that covers the one before (entry_hash.py of
services/disclosures). They hold names as they were, and outlive the user and the organization that
they are about: the keys beside the names are kept without a constraint. What retention removed is
an entry too, about nobody: its purpose says how many entries, and the number and hash of the last.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models.organization import Organization


class Disclosure(models.Model):
    class Where(models.TextChoices):
        PAGE = "page", _("page")
        PAST = "past", _("past")
        LIST = "list", _("list")
        OVERVIEW = "overview", _("overview")
        CHANGES = "changes", _("changes")
        EXPORT = "export", _("export")
        DIGEST = "digest", _("digest")
        COMMAND = "command", _("command")
        PASTED = "pasted", _("pasted ids")
        REPORT = "report", _("report")
        API = "api", _("API")
        MCP = "mcp", _("MCP")
        PRUNED = "pruned", _("removed by retention")

    class Proof(models.TextChoices):
        OWN = "own", _("own credentials")
        LISTED = "listed", _("permission list")

    # Says which columns the hash covers. Entries from before 0.4.0 are format 1, without token,
    # proof and shown_together.
    format = models.PositiveSmallIntegerField(_("format"), default=1)
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
        null=True,
        db_constraint=False,
        db_index=False,
        verbose_name=_("organization"),
    )
    org_id = models.CharField(_("org id"), max_length=200, default="")
    seen_at = models.DateTimeField(_("seen at"))
    where = models.CharField(_("where"), max_length=16, choices=Where.choices)
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
    # The name of the token that a program signed in with.
    token_name = models.CharField(_("token"), max_length=100, blank=True, default="")
    proof = models.CharField(_("proof"), max_length=8, choices=Proof.choices, default="")
    # The same for all that one page or answer showed.
    shown_together = models.CharField(_("shown together"), max_length=32, default="")
    hash = models.BinaryField(max_length=32, default=b"")

    class Meta:
        verbose_name, verbose_name_plural = _("disclosure"), _("disclosure log")
        ordering = ("-seen_at", "-pk")
        indexes = (
            models.Index(fields=("organization", "-seen_at"), name="disclosure_of_organization"),
            models.Index(fields=("user", "organization", "-seen_at"), name="disclosure_of_user"),
            models.Index(fields=("-seen_at", "-id"), name="disclosure_latest"),
        )

    def __str__(self) -> str:
        if self.where == self.Where.PRUNED:
            return f"retention removed {self.purpose}"
        return f"{self.username} saw {self.org_id} ({self.where})"
